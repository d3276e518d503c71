// ConfigMaps and Secrets made of literals and files, and the hash behind their names (sigs.k8s.io/kustomize/api/internal/generators, kv, hasher).
import { encodeBase64 } from '../../../api/decoding/base64.ts';
import { goJson, isObject } from '../../../base/json.ts';
import { sha256 } from '../../../base/sha256.ts';
import { quote, utf8Of } from '../../../api/go-text.ts';
import type { Generator, GeneratorOptions } from './kustomization.ts';
import type { Loader } from './loader.ts';
import { isFields, plain, textOf, type Fields } from './node.ts';
import { notModelled, refuse, within } from './problem.ts';
import { notes, Resource } from './resource.ts';

/** What stands under a key: text, or the bytes of a file. */
type Content = string | Uint8Array;

export function generate(
  kind: 'ConfigMap' | 'Secret',
  generator: Generator,
  globalOptions: GeneratorOptions | undefined,
  loader: Loader,
): Resource {
  const { name = '', namespace, behavior = '' } = generator;
  if (name === '') refuse('a configmap must have a name');
  const options = mergedOptions(generator.options, globalOptions);
  const metadata: Fields = { name, ...(namespace && { namespace }) };
  const node: Fields = { apiVersion: 'v1', kind, metadata };
  if (kind === 'Secret') node['type'] = generator.type || 'Opaque';
  fill(node, kind, contentsOf(name, generator, loader), loader);
  for (const field of ['labels', 'annotations'] as const) {
    if (Object.keys(options[field] ?? {}).length > 0) metadata[field] = { ...options[field] };
  }
  if (options.immutable) node['immutable'] = true;
  const resource = new Resource(node);
  if (!options.disableNameSuffixHash) resource.note(notes.needsHash, 'enabled');
  resource.note(notes.behavior, ['create', 'merge', 'replace'].includes(behavior) ? behavior : 'unspecified');
  return resource;
}

/** MergeGlobalOptionsIntoLocal: what is said for all gives way only in labels and annotations. */
function mergedOptions(own: GeneratorOptions = {}, all: GeneratorOptions = {}): GeneratorOptions {
  return {
    labels: { ...all.labels, ...own.labels },
    annotations: { ...all.annotations, ...own.annotations },
    disableNameSuffixHash: [own, all].some((options) => options.disableNameSuffixHash),
    immutable: [own, all].some((options) => options.immutable),
  };
}

function fill(
  node: Fields,
  kind: 'ConfigMap' | 'Secret',
  contents: ReadonlyMap<string, Content>,
  loader: Loader,
): void {
  const [data, binaryData]: [Fields, Fields] = [{}, {}];
  for (const [key, content] of contents) {
    const isText = typeof content === 'string';
    const base64 = () => folded(encodeBase64(isText ? bytesOf(content) : [...content]));
    const { text, isUtf8 } = isText ? { text: content, isUtf8: true } : loader.contents.text(content);
    if (kind === 'Secret') data[key] = base64();
    else if (isUtf8) data[key] = text;
    else binaryData[key] = base64();
  }
  if (kind === 'Secret' || Object.keys(data).length > 0) node['data'] = data;
  if (Object.keys(binaryData).length > 0) node['binaryData'] = binaryData;
}

const bytesOf = (text: string) => [...text].flatMap((character) => utf8Of(character.codePointAt(0) ?? 0));

/** Base64 that is longer than a line is broken after every 70 characters, and at its end. */
function folded(base64: string): string {
  if (base64.length < 70) return base64;
  return (base64.match(/.{1,70}/g) ?? []).map((line) => `${line}\n`).join('');
}

function contentsOf(name: string, generator: Generator, loader: Loader): ReadonlyMap<string, Content> {
  const { literals = [], files = [], envs = [], env } = generator;
  const allEnvs = env ? [...envs, env] : envs;
  const pairs = within('loading KV pairs', () => [
    ...within(`env source files: ${goList(allEnvs)}`, () => allEnvs.flatMap((file) => envPairs(file, loader))),
    ...within(`literal sources ${goList(literals)}`, () => literals.map(literalPair)),
    ...within(`file sources: ${goList(files)}`, () => files.map((source) => filePair(source, loader))),
  ]);
  const contents = new Map<string, Content>();
  for (const [key, content] of pairs) {
    if (contents.has(key)) refuse(`configmap ${name} illegally repeats the key \`${key}\``);
    contents.set(key, content);
  }
  return contents;
}

const goList = (items: readonly string[]) => `[${items.join(' ')}]`;

type Pair = readonly [key: string, content: Content];

function literalPair(source: string): Pair {
  const equals = source.indexOf('=');
  if (equals <= 0) return refuse(`invalid literal source ${source}, expected key=value`);
  const value = source.slice(equals + 1);
  const isQuoted = value.length > 1 && /^(["']).*\1$/s.test(value);
  return [source.slice(0, equals), isQuoted ? value.slice(1, -1) : value];
}

function filePair(source: string, loader: Loader): Pair {
  const [first = '', second, ...more] = source.split('=');
  if (more.length > 0) return refuse(`source ${quote(source)} key name or file path contains '='`);
  if (second === undefined) return [baseName(source), loader.load(source)];
  if (first === '') return refuse(`missing key name for file path ${quote(second)} in source ${quote(source)}`);
  if (second === '') return refuse(`missing file path for key name ${quote(first)} in source ${quote(source)}`);
  return [first, loader.load(second)];
}

const baseName = (path: string) => path.replace(/\/+$/, '').replace(/.*\//, '') || '.';

const longestLine = 65_536;

/** The lines `NAME=value` of a file. */
function envPairs(path: string, loader: Loader): readonly Pair[] {
  const { text, isUtf8 } = loader.contents.text(loader.load(path));
  if (!isUtf8) return notModelled(`${quote(path)}, which is not UTF-8`);
  const lines = text.split(/\r?\n/);
  if (lines.some((line) => line.length >= longestLine)) return notModelled(`${quote(path)}, which has a long line`);
  return lines.flatMap((line): readonly Pair[] => {
    const [, key = '', value = ''] = /^\s*([^=]*)=?(.*)$/s.exec(line) ?? [];
    return key === '' || key.startsWith('#') ? [] : [[key, value]];
  });
}

const letters: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** What is put behind the name: it changes with the content. */
export function hashOf(resource: Resource): string {
  const node = resource.node ?? {};
  const isSecret = resource.kind === 'Secret';
  if (!isSecret && resource.kind !== 'ConfigMap') return notModelled(`the hash of a ${resource.kind}`);
  const also = isSecret ? 'stringData' : 'binaryData';
  const hashed = {
    kind: resource.kind,
    // it looks for a field that is called metadata/name
    name: '',
    data: valueOf(node['data']),
    ...(isSecret && { type: textOf(node['type'] ?? '') }),
    ...(isObject(node[also]) && { [also]: plain(node[also]) }),
  };
  return sha256(goJson(hashed))
    .slice(0, 10)
    .replace(/[013ae]/g, (digit) => letters[digit] ?? digit);
}

const valueOf = (data: unknown) => (isFields(data) ? plain(data) : textOf(data ?? ''));
