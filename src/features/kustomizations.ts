// Kustomizations of folders: where the simulator builds them, what it needs of files and YAML.
import {
  decodeUtf8,
  nodeAt,
  parseDocument,
  parseManifest,
  rangeOf,
  readObjects,
  resolveDocument,
  type TextRange,
} from '../manifest/index.ts';
import {
  buildKustomization,
  kustomizationFiles,
  Scalar,
  type Built,
  type FileAccess,
  type KustomizeContents,
} from '../simulator/index.ts';
import { at, type LocatedFinding } from './locate.ts';
import { parseSource, type ParsedFile, type Source } from './sources.ts';
import { aboutText } from './unreadable.ts';

/** The files that a kustomization may be made of. */
export interface Folders {
  /** The absolute path that a path stands for, without dots in it. */
  resolve(path: string): string;
  kindOf(absolutePath: string): 'file' | 'folder' | undefined;
  bytes(absolutePath: string): Uint8Array;
}

/** Why nothing is built, and the kustomization file that is to blame, if one is. */
export interface Unbuilt {
  readonly refusal: string;
  readonly file?: ParsedFile;
  readonly findings?: readonly LocatedFinding[];
}

/** Builds what is applied of a folder: one source, or why there is none. `shown` is how a file is called for whoever asked. */
export function kustomizedSource(
  folders: Folders,
  folder: string,
  shown: (absolutePath: string) => string = (file) => file,
): { readonly warnings: string } & (Source | Unbuilt) {
  const contents = contentsOf(folders);
  const { warnings, ...built } = buildKustomization(contents, folder);
  if ('yaml' in built) return { warnings, name: folder, text: built.yaml, isKustomized: true };
  const isKnown = 'error' in built;
  const refusal = isKnown ? built.error : `not simulated: ${built.unknown}`;
  const { place } = built;
  const name = kustomizationFiles.map((one) => `${place?.folder}/${one}`).find((one) => folders.kindOf(one) === 'file');
  if (!place || name === undefined) return { warnings, refusal };
  const file = parseSource({ name: shown(name), text: contents.text(folders.bytes(name)).text });
  const finding = isKnown
    ? ({ ...unbuilt, severity: 'error', message: built.error, explanation: nothingApplied } as const)
    : ({ ...unbuilt, id: 'unknown', severity: 'info', message: built.unknown, explanation: notSimulated } as const);
  return { warnings, refusal, file, findings: [at(finding, file, placeOf(file, place.path))] };
}

const unbuilt = { ...aboutText, id: 'kustomization' };
const nothingApplied = 'kubectl apply -k builds nothing of this folder, and applies nothing.';
const notSimulated = 'What is built of this folder is unknown.';

/** Where an entry stands: a value by itself, what has parts of its own at its key. */
function placeOf({ manifest }: ParsedFile, path: readonly (string | number)[]): TextRange {
  const [document] = manifest.documents;
  if (!document) return { start: 0, end: 0 };
  const segments = path.map((step) => (typeof step === 'number' ? { index: step } : { field: step }));
  const isScalar = nodeAt(document, segments)?.kind === 'scalar';
  const isKey = typeof path.at(-1) === 'string' && !isScalar;
  return rangeOf(document, segments, isKey ? 'key' : 'value');
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
