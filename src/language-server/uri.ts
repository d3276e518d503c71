// URIs as keys: two clients, and one client at two times, may write the same one differently.
import { URI, Utils } from 'vscode-uri';

/** The one way a URI is written here. */
export const canonical = (uri: string): string => URI.parse(uri).toString();

export const folderOf = (uri: string): string => Utils.dirname(URI.parse(uri)).toString();

export const joined = (folder: string, ...parts: string[]): string =>
  Utils.joinPath(URI.parse(folder), ...parts).toString();

export const baseName = (uri: string): string => Utils.basename(URI.parse(uri));

export const isInside = (uri: string, folder: string): boolean => uri.startsWith(withSlash(folder));

const withSlash = (folder: string) => (folder.endsWith('/') ? folder : `${folder}/`);

/** How a file is called in messages: from the workspace folder it is in, else by its own name. */
export function shownName(uri: string, folders: readonly string[]): string {
  const folder = folders.find((one) => isInside(uri, one));
  if (folder === undefined) return baseName(uri);
  return URI.parse(uri).path.slice(URI.parse(withSlash(folder)).path.length);
}

/** A file or folder as a person writes it in a setting: a URI, an absolute path, or a path from a folder. */
export function resolved(given: string, folder: string | undefined): string | undefined {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(given)) return canonical(given);
  if (given.startsWith('/') || /^[a-z]:[\\/]/i.test(given)) return URI.file(given).toString();
  return folder === undefined ? undefined : joined(folder, given.replaceAll('\\', '/'));
}
