// Kustomizations of folders: where the simulator builds them, what it needs of files and YAML.
import { decodeUtf8, parseDocument, parseManifest, readObjects, resolveDocument } from '../manifest/index.ts';
import { buildKustomization, Scalar, type Built, type FileAccess, type KustomizeContents } from '../simulator/index.ts';
import type { Source } from './sources.ts';

/** The files that a kustomization may be made of. */
export interface Folders {
  /** The absolute path that a path stands for, without dots in it. */
  resolve(path: string): string;
  kindOf(absolutePath: string): 'file' | 'folder' | undefined;
  bytes(absolutePath: string): Uint8Array;
}

/** Builds what is applied of a folder: one source, or why there is none. */
export function kustomizedSource(
  folders: Folders,
  folder: string,
): { readonly warnings: string } & (Source | { readonly refusal: string }) {
  const { warnings, ...built } = buildKustomization(contentsOf(folders), folder);
  if ('error' in built) return { warnings, refusal: built.error };
  if ('unknown' in built) return { warnings, refusal: `not simulated: ${built.unknown}` };
  return { warnings, name: folder, text: built.yaml, isKustomized: true };
}

/** The same for kubectl, which reads the documents itself. */
export function kustomizationsIn(folders: Folders): NonNullable<FileAccess['kustomization']> {
  return (folder) => {
    const built: Built = buildKustomization(contentsOf(folders), folder);
    if (!('yaml' in built)) return built;
    const documents = parseManifest(built.yaml).documents.map(({ errors: [error], object }) =>
      error ? { error: error.message } : { value: object },
    );
    return { ...built, documents };
  };
}

function contentsOf(folders: Folders): KustomizeContents {
  return {
    resolve: (path) => folders.resolve(path),
    kindOf: (path) => folders.kindOf(path),
    bytes: (path) => folders.bytes(path),
    text(bytes) {
      const { text, problem } = decodeUtf8(bytes);
      return { text, isUtf8: !problem };
    },
    yaml(text) {
      const { root, error } = parseDocument(withoutMark(text));
      const resolution = root && !error ? resolveDocument(root) : undefined;
      const problem = error ?? resolution?.error;
      if (problem) return { error: problem.message.replace(/^error converting YAML to JSON: /, '') };
      const [unknown] = resolution?.unknowns ?? [];
      return unknown ? { error: unknown.message, isUnknown: true } : { value: resolution?.value };
    },
    objects: (text) => readObjects(withoutMark(text), (written, value) => new Scalar(written, value)),
  };
}

const withoutMark = (text: string) => text.replace(/^\ufeff/, '');
