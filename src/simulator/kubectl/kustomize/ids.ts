// By what kustomize knows an object: group, version and kind, name, and namespace (sigs.k8s.io/kustomize/kyaml/resid).
import { isClusterScoped } from './kinds.ts';

export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What is left out selects everything. */
export type GvkSelector = Partial<Gvk>;

export interface ResourceId {
  readonly gvk: Gvk;
  readonly name: string;
  readonly namespace: string;
  /** Of a kind that is certain to have no namespace; ids of before do not know. */
  readonly isClusterScoped: boolean;
}

/** As the namespace of what has none is written down. */
const noNamespace = '_non_namespaceable_';

/** resid.ParseGroupVersion: cut at the first slash. */
export function groupVersionOf(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  if (slash < 0) return { group: '', version: apiVersion };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export const apiVersionText = ({ group, version }: Gvk) => (group ? `${group}/${version}` : version);

export function currentId(gvk: Gvk, name: string, namespace: string): ResourceId {
  return { gvk, name, namespace, isClusterScoped: isClusterScoped(apiVersionText(gvk), gvk.kind) };
}

export function effectiveNamespace({ namespace, isClusterScoped: hasNone }: ResourceId): string {
  if (hasNone) return noNamespace;
  return namespace === '' ? 'default' : namespace;
}

export const isSameGvk = (a: Gvk, b: Gvk) => a.group === b.group && a.version === b.version && a.kind === b.kind;

export const isSameNamespace = (a: ResourceId, b: ResourceId) => effectiveNamespace(a) === effectiveNamespace(b);

export const isSameId = (a: ResourceId, b: ResourceId) =>
  a.name === b.name && isSameGvk(a.gvk, b.gvk) && isSameNamespace(a, b);

/** Gvk.IsSelected: what the selector leaves open is not asked. */
export const isSelected = (gvk: Gvk, { group, version, kind }: GvkSelector) =>
  (!group || gvk.group === group) && (!version || gvk.version === version) && (!kind || gvk.kind === kind);

export const gvkText = ({ group, version, kind }: GvkSelector) =>
  [kind ? kind : '[noKind]', version ? version : '[noVer]', group ? group : '[noGrp]'].join('.');

export const idText = ({ gvk, name, namespace }: ResourceId) =>
  `${gvkText(gvk)}/${name || '[noName]'}.${namespace || '[noNs]'}`;
