// Which files are meant by `-f`: files, folders (the manifests in them, in order), and standard input.
import { quote } from '../../../api/go-text.ts';
import { compareBytes } from '../../../base/order.ts';
import { textFailure, unknownFailure, type Failure } from '../failure.ts';
import type { FileAccess } from '../ports.ts';

const extension = /\.(?:json|ya?ml)$/;

export interface Paths {
  readonly files: readonly string[];
  readonly failures: readonly Failure[];
}

/** The files in the order of reading. One that is not there keeps all others from being read. */
export function pathsOf(access: FileAccess, filenames: readonly string[], recursive: boolean): Paths {
  const files: string[] = [];
  const failures: Failure[] = [];
  for (const name of filenames) {
    if (/^https?:\/\//.test(name)) failures.push(unknownFailure(`-f ${name}`));
    else if (name === '-') files.push(name);
    else if (access.kindOf(name) === 'file') files.push(name);
    else if (access.kindOf(name) === 'folder') {
      const found = manifestsIn(access, name, recursive);
      if (found.length > 0) files.push(...found);
      else failures.push(textFailure(`error reading [${name}]: recognized file extensions are [.json .yaml .yml]`));
    } else failures.push(textFailure(`the path ${quote(name)} does not exist`));
  }
  return { files, failures };
}

/** filepath.Walk: by name, a folder's content in its place. */
function manifestsIn(access: FileAccess, folder: string, recursive: boolean): string[] {
  return [...access.list(folder)].sort(compareBytes).flatMap((name) => {
    const path = folder === '.' ? name : `${folder.replace(/\/$/, '')}/${name}`;
    if (access.kindOf(path) !== 'folder') return extension.test(name) ? [path] : [];
    return recursive ? manifestsIn(access, path, recursive) : [];
  });
}
