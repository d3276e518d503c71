// Patches of a kustomization: strategic merge patches and lists of JSON patch operations (sigs.k8s.io/kustomize/api/internal/builtins, Patch*Transformer).
import { applyJsonPatch } from '../../../api/json-patch.ts';
import { quote } from '../../../api/go-text.ts';
import { printYaml } from '../printing/yaml.ts';
import type { ReadDocument } from './contents.ts';
import { apiVersionText, idText, isSameId } from './ids.ts';
import type { Patch, Selector } from './kustomization.ts';
import type { Loader } from './loader.ts';
import { copied, isFields, isNull, plain } from './node.ts';
import { objectsOf } from './objects.ts';
import { attempt, KustomizeProblem, notModelled, refuse, within } from './problem.ts';
import type { ResMap } from './res-map.ts';
import { notes, type Resource } from './resource.ts';
import { mergePatch } from './strategic-merge.ts';

/** What one entry of a kustomization does to the objects. */
export type Step = (map: ResMap) => void;

/** `patchesStrategicMerge`: each is a patch itself, or the path of a file of them. */
export function strategicPatches(paths: readonly string[], loader: Loader): Step {
  const patches = configured('PatchStrategicMergeTransformer', { paths }, () =>
    paths.flatMap((path) => {
      const inline = attempt(() => objectsOf(loader.contents, path));
      return inline instanceof KustomizeProblem ? objectsOf(loader.contents, loader.text(path), path) : inline;
    }),
  );
  return (map) => {
    for (const patch of patches) applyTo(map, [targetOf(map, patch)], patch);
  };
}

/** `patchesJson6902`. */
export function jsonPatch(entry: Patch, loader: Loader): Step {
  const { path = '', patch: jsonOp = '', target } = entry;
  const config = { ...(target && { target }), ...(path && { path }), ...(jsonOp && { jsonOp }) };
  const operations = configured('PatchJson6902Transformer', config, () => {
    if (!target?.name) return refuse('must specify the target name');
    if (path === '' && jsonOp === '') return refuse('empty file path and empty jsonOp');
    if (path !== '' && jsonOp !== '') return refuse('must specify a file path or jsonOp, not both');
    const read = operationsOf(path === '' ? jsonOp : loader.text(path), loader);
    return read instanceof KustomizeProblem ? notModelled('a JSON patch that cannot be read') : read;
  });
  return (map) => {
    for (const resource of map.select(target ?? {})) applyOperations(resource, operations);
  };
}

/** `patches`: what the text is decides how it is applied. */
export function patch(entry: Patch, loader: Loader): Step {
  const config = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== ''));
  return configured('PatchTransformer', config, () => readPatch(entry, printYaml(config), loader));
}

/** What is wrong with an entry is told with the entry. */
function configured<T>(plugin: string, config: object, read: () => T): T {
  return within(`trouble configuring builtin ${plugin} with config: \`\n${printYaml(config)}\``, read);
}

function readPatch(entry: Patch, config: string, loader: Loader): Step {
  const path = entry.path ?? '';
  const inline = (entry.patch ?? '').trim();
  if (inline === '' && path === '') refuse(`must specify one of patch and path in\n${config}`);
  if (inline !== '' && path !== '') refuse(`patch and path can't be set at the same time\n${config}`);
  const text = inline || within(`failed to get the patch file from path(${path})`, () => loader.text(path));
  const source = inline ? `[patch: ${quote(inline)}]` : `[path: ${quote(path)}]`;
  const merging = attempt(() => objectsOf(loader.contents, text));
  const operations = attempt(() => operationsOf(text, loader));
  if (!(merging instanceof KustomizeProblem)) return strategicStep(merging, entry, source);
  if (operations instanceof KustomizeProblem) return refuse(`unable to parse SM or JSON patch from ${source}`);
  return operationsStep(operations, entry.target, source);
}

function strategicStep(patches: readonly Resource[], { target, options = {} }: Patch, source: string): Step {
  for (const one of patches) {
    if (options.allowNameChange) one.note(notes.mayChangeName, 'enabled');
    if (options.allowKindChange) one.note(notes.mayChangeKind, 'enabled');
  }
  return (map) => {
    const [first, ...more] = patches;
    if (!target || !first) {
      for (const one of patches) {
        const id = quote(idText(one.originalId));
        const found = within(`no resource matches strategic merge patch ${id}`, () => targetOf(map, one));
        merge(found, one);
      }
      return;
    }
    if (more.length > 0) {
      refuse(
        `Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${source}`,
      );
    }
    applyTo(map, map.select(target), first);
  };
}

function operationsStep(operations: readonly unknown[], target: Selector | undefined, source: string): Step {
  return (map) => {
    if (!target) return refuse(`must specify a target for JSON patch ${source}`);
    for (const resource of map.select(target)) {
      resource.rememberId();
      applyOperations(resource, operations);
    }
  };
}

/** The one object that the patch is called after. */
function targetOf(map: ResMap, { originalId: id }: Resource): Resource {
  const [found, ...more] = map.matching((one) => isSameId(id, one));
  if (found && more.length === 0) return found;
  const what = `${found ? 'multiple' : 'no'} matches for Id ${idText(id)}`;
  return refuse(`${what}; failed to find unique target for patch ${idText(id)}`);
}

/** ApplySmPatch of all that are selected; each gets its own copy, which takes the kind's version of its target. */
function applyTo(map: ResMap, selected: readonly Resource[], given: Resource): void {
  for (const resource of selected) {
    const own = given.copy();
    own.takeMetadataFrom(given);
    if (own.node) own.node['apiVersion'] = apiVersionText(resource.gvk);
    merge(resource, own);
  }
  map.dropDeleted();
  map.replaceAll(map.resources);
}

/** What an object is called does not change unless the patch may. */
function merge(resource: Resource, given: Resource): void {
  const { name, namespace, kind, node } = resource;
  const [mayChangeName, mayChangeKind] = [given.isNoted(notes.mayChangeName), given.isNoted(notes.mayChangeKind)];
  if (mayChangeName || mayChangeKind) resource.rememberId();
  if (!node || !given.node) return;
  resource.node = mergePatch(node, given.node);
  if (!resource.node || Object.keys(resource.node).length === 0) return;
  if (!mayChangeKind) resource.setKind(kind);
  if (!mayChangeName) resource.setName(name);
  resource.setNamespace(namespace);
}

/** The operations of a text, JSON or YAML. */
function operationsOf(text: string, loader: Loader): readonly unknown[] | KustomizeProblem {
  if (text === '') return new KustomizeProblem('empty json patch operations', false);
  const document = text.startsWith('[') ? jsonOf(text) : loader.contents.yaml(text);
  if ('error' in document) {
    return document.isUnknown ? notModelled(document.error) : new KustomizeProblem(document.error, false);
  }
  const { value } = document;
  if (isNull(value)) return [];
  if (!Array.isArray(value) || !value.every(isFields)) {
    return new KustomizeProblem('json: cannot unmarshal into Go value of type jsonpatch.Patch', false);
  }
  return value;
}

/** What begins with a bracket is JSON, or nothing. */
function jsonOf(text: string): ReadDocument {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { error: 'no JSON' };
  }
}

/** The notes of kustomize's own stay, whatever the patch does to annotations. */
function applyOperations(resource: Resource, operations: readonly unknown[]): void {
  if (!resource.node) return;
  const own = Object.entries(resource.annotations).filter(([key]) => isInternal(key));
  const patched = applyJsonPatch(plain(resource.node), operations);
  if ('error' in patched) return refuse(patched.error);
  if (!isFields(patched.value)) return notModelled('a patch that leaves no object');
  resource.node = copied(patched.value);
  resource.setAnnotations({ ...resource.annotations, ...Object.fromEntries(own) });
}

const isInternal = (annotation: string) =>
  annotation.startsWith('internal.config.kubernetes.io/') ||
  ['config.kubernetes.io/index', 'config.kubernetes.io/path', 'config.k8s.io/id'].includes(annotation);
