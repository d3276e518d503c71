// The files of a request, parsed once: kubectl reads their documents, findings are located in them.
import { copyWith } from '../base/copy.ts';
import type { KubeObject, ObjectRef } from '../api/object.ts';
import type { PathSegment } from '../api/field-path.ts';
import { resourceOfKind } from '../api/resources.ts';
import { isObject } from '../base/json.ts';
import {
  parseManifest,
  updateManifest,
  type Manifest,
  type ManifestDocument,
  type ManifestError,
  type TolerantParser,
} from '../manifest/index.ts';
import type { FileAccess, FileDocument } from '../simulator/index.ts';

/** A file's text under the name it is shown by. */
export interface Source {
  readonly name: string;
  readonly text: string;
  /** What makes kubectl refuse the bytes that the text was made from. */
  readonly problem?: ManifestError;
  /** It was built of the folder that it is named after. */
  readonly isKustomized?: boolean;
}

/** How standard input is shown; kubectl calls it by two names of its own. */
export const standardInput = '<stdin>';

/** What kubectl is given on its command line for a file. */
export const pathFor = (name: string) => (name === standardInput ? '-' : name);

/** What kubectl calls a file in its messages. */
export const sourceFor = (name: string) => (name === standardInput ? 'STDIN' : name);

/** An object and where it is written. */
export interface Declared {
  readonly object: KubeObject;
  readonly file: ParsedFile;
  readonly document: ManifestDocument;
  /** Of an item of a List: the way to it. */
  readonly prefix: readonly PathSegment[];
}

export interface ParsedFile {
  readonly name: string;
  /** It was built of the folder that it is named after: kubectl is given it by `-k`. */
  readonly isKustomized?: boolean;
  readonly manifest: Manifest;
  readonly declared: readonly Declared[];
}

const isKubeObject = (value: unknown): value is KubeObject =>
  isObject(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string';

export function parseSource(source: Source, tolerant?: TolerantParser): ParsedFile {
  const { text, problem } = source;
  return fileOf(source, parseManifest(text, { ...(tolerant && { tolerant }), ...(problem && { problem }) }));
}

/** The file with another text; documents that have not changed are not read again. */
export function updateSource(file: ParsedFile, text: string): ParsedFile {
  return fileOf(file, updateManifest(file.manifest, text));
}

function fileOf({ name, isKustomized }: Pick<Source, 'name' | 'isKustomized'>, manifest: Manifest): ParsedFile {
  const declared: Declared[] = [];
  const file: ParsedFile = { name, manifest, declared, ...(isKustomized && { isKustomized }) };
  for (const document of manifest.documents) {
    if (!document.isKubernetes || document.isTemplate) continue;
    collect(document.object, document, [], file, declared);
  }
  return file;
}

function collect(
  value: unknown,
  document: ManifestDocument,
  prefix: readonly PathSegment[],
  file: ParsedFile,
  into: Declared[],
): void {
  if (!isKubeObject(value)) return;
  const { items } = value as { items?: unknown };
  if (value.kind.endsWith('List') && Array.isArray(items)) {
    items.forEach((item, index) => collect(item, document, [...prefix, { field: 'items' }, { index }], file, into));
    return;
  }
  const object = isObject(value.metadata) ? value : { ...value, metadata: {} };
  into.push({ object, file, document, prefix });
}

/** The files as kubectl finds them. Documents that are left out of the apply (templates, nodes that join the cluster) are not there. */
export function accessTo(files: readonly ParsedFile[], leaveOut: (declared: Declared) => boolean): FileAccess {
  const byName = new Map(files.map((file) => [pathFor(file.name), file]));
  const kustomized = files.find(({ isKustomized }) => isKustomized);
  return {
    kindOf: (path) => (byName.has(path) ? 'file' : undefined),
    list: () => [],
    read: (path) => documentsOf(byName.get(path), leaveOut),
    ...(kustomized && {
      kustomization: () => ({
        warnings: '',
        yaml: kustomized.manifest.text,
        documents: documentsOf(kustomized, leaveOut),
      }),
    }),
  };
}

function documentsOf(file: ParsedFile | undefined, leaveOut: (declared: Declared) => boolean): FileDocument[] {
  const read: FileDocument[] = [];
  for (const document of file?.manifest.documents ?? []) {
    if (document.isTemplate) continue;
    const [error] = document.errors;
    if (error) return [...read, { error: error.message }];
    if (document.isEmpty) continue;
    const own = file?.declared.filter((declared) => declared.document === document) ?? [];
    if (own.length > 0 && own.every(leaveOut)) continue;
    const kept = own.some(leaveOut) ? listWithout(document.object, own, leaveOut) : document.object;
    read.push({ value: kept });
  }
  return read;
}

/** A List without some of its items. */
function listWithout(list: unknown, own: readonly Declared[], leaveOut: (declared: Declared) => boolean): unknown {
  return isObject(list)
    ? { ...list, items: own.filter((declared) => !leaveOut(declared)).map(({ object }) => object) }
    : list;
}

/** Where an object is written, by kind, namespace and name. */
export class DeclarationIndex {
  readonly #byKey = new Map<string, Declared>();
  readonly #namespace: string;

  /** `namespace` is that of the objects that name none. */
  constructor(files: readonly ParsedFile[], namespace = 'default') {
    this.#namespace = namespace;
    for (const { declared } of files) {
      for (const one of declared) this.#byKey.set(keyOfDeclared(one.object, namespace), one);
    }
  }

  find({ kind, namespace, name }: ObjectRef): Declared | undefined {
    return (
      this.#byKey.get(`${kind} ${namespace ?? ''}/${name}`) ??
      this.#byKey.get(`${kind} /${name}`) ??
      this.#byKey.get(`${kind} ${this.#namespace}/${name}`)
    );
  }
}

function keyOfDeclared({ apiVersion, kind, metadata }: KubeObject, namespace: string): string {
  // a name may be of the wrong type, and is then told of
  const shown: unknown = metadata.name ?? metadata.generateName ?? '';
  const own = typeof metadata.namespace === 'string' ? metadata.namespace : namespace;
  const isClusterWide = resourceOfKind(apiVersion, kind)?.namespaced === false;
  return `${kind} ${isClusterWide ? '' : own}/${String(shown)}`;
}

/** An object as kubectl sends it: in the namespace of the command, if it names none. */
export function inNamespace(object: KubeObject, namespace: string): KubeObject {
  if (object.metadata.namespace || !resourceOfKind(object.apiVersion, object.kind)?.namespaced) return object;
  return copyWith(object, { metadata: copyWith(object.metadata, { namespace }) });
}
