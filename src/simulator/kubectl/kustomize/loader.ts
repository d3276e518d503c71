// The files that a kustomization may read: those in its folder and below (sigs.k8s.io/kustomize/api/internal/loader).
import { quote } from '../../../api/go-text.ts';
import type { Contents } from './contents.ts';
import { notModelled, refuse, within } from './problem.ts';

/** What git or HTTP would be asked for. */
const remote =
  /^(?:git::|[a-z]+:\/\/|git@|[\w.-]+@[\w.-]+:)|github\.com|gitlab\.com|bitbucket\.org|\?(?:ref|version)=|\.git(?:\/|\?|$)|_git\//;

export class Loader {
  readonly contents: Contents;
  /** The absolute path of the folder. */
  readonly root: string;
  readonly #visited: readonly string[];

  private constructor(contents: Contents, root: string, visited: readonly string[]) {
    this.contents = contents;
    this.root = root;
    this.#visited = visited;
  }

  static at(contents: Contents, folder: string): Loader {
    if (remote.test(folder)) notModelled(`the remote kustomization ${folder}`);
    return new Loader(contents, confirmedFolder(contents, contents.resolve(folder), folder), []);
  }

  /** A loader for another folder, which must not be one that is being built. */
  enter(path: string): Loader {
    if (path === '') refuse('new root cannot be empty');
    if (remote.test(path)) notModelled(`the remote base ${path}`);
    if (path.startsWith('/')) refuse(`new root '${path}' cannot be absolute`);
    const root = confirmedFolder(this.contents, this.#join(path));
    const visited = [this.root, ...this.#visited];
    const inside = visited.find((folder) => isIn(folder, root));
    if (inside !== undefined) {
      refuse(`cycle detected: candidate root '${root}' contains visited root '${inside}'`);
    }
    return new Loader(this.contents, root, visited);
  }

  load(path: string): Uint8Array {
    if (/^https?:\/\//.test(path)) notModelled(`the remote file ${path}`);
    const absolute = path.startsWith('/') ? path : this.#join(path);
    const kind = this.contents.kindOf(absolute);
    if (kind === undefined) refuse(missing(absolute));
    if (kind === 'folder') refuse(`'${absolute}' must resolve to a file`);
    if (!isIn(absolute.replace(/\/[^/]*$/, ''), this.root)) {
      refuse(`security; file '${absolute}' is not in or below '${this.root}'`);
    }
    return this.contents.bytes(absolute);
  }

  /** A file of text, of which kustomize reads YAML. */
  text(path: string): string {
    const { text, isUtf8 } = this.contents.text(this.load(path));
    return isUtf8 ? text : notModelled(`${quote(path)}, which is not UTF-8`);
  }

  has(path: string): boolean {
    return this.contents.kindOf(this.#join(path)) === 'file';
  }

  #join(path: string): string {
    return this.contents.resolve(`${this.root}/${path}`);
  }
}

const isIn = (path: string, folder: string) => folder === '/' || path === folder || path.startsWith(`${folder}/`);

const missing = (path: string, shown = path) =>
  `evalsymlink failure on '${shown}' : lstat ${path}: no such file or directory`;

function confirmedFolder(contents: Contents, path: string, shown = path): string {
  const kind = contents.kindOf(path);
  if (kind === 'folder') return path;
  return within('must build at directory', () =>
    refuse(kind === undefined ? `not a valid directory: ${missing(path, shown)}` : `'${shown}': file is not directory`),
  );
}
