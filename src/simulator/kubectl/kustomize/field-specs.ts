// Which fields of which kinds a transformer changes, and how one gets there (sigs.k8s.io/kustomize/api/filters/fieldspec, internal/konfig/builtinpluginconsts).
import { idText, isSelected, type GvkSelector } from './ids.ts';
import { isFields, isNull, put, type Fields } from './node.ts';
import { notModelled, refuse, within } from './problem.ts';
import type { Resource } from './resource.ts';

export interface FieldSpec extends GvkSelector {
  /** `spec/template/metadata/labels`; lists on the way are gone through, those that end in `[]` are told to be some. */
  readonly path: string;
  readonly create?: boolean;
}

/** What to put in the place of what is found there. */
export type Change = (value: unknown) => unknown;

/** A change of a scalar alone. */
export const ofScalar =
  (change: Change): Change =>
  (value) =>
    Array.isArray(value) || isFields(value) ? notModelled('a field that should hold one value') : change(value);

/** Changes the field of an object that is of the kind meant. `made` is what is put where a field has to be created; without it none is. */
export function changeField(resource: Resource, spec: FieldSpec, change: Change, made?: () => unknown): void {
  if (!resource.node || !isSelected(resource.gvk, spec)) return;
  const { node } = resource;
  const create = spec.create ? made : undefined;
  within(`considering field '${spec.path}' of object ${idText(resource.id)}`, () =>
    visit(node, partsOf(spec.path), change, create),
  );
}

/** A slash that belongs to a name is written behind a backslash. */
export function partsOf(path: string): string[] {
  const parts = path.split(/(?<!\\)\//).map((part) => part.replaceAll('\\/', '/'));
  return parts.length > 1 && parts[0] === '' ? parts.slice(1) : parts;
}

function visit(node: unknown, path: readonly string[], change: Change, made: (() => unknown) | undefined): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return change(node);
  if (isNull(node)) return node;
  if (Array.isArray(node)) {
    within(`visit traversal on path: [${path.join(' ')}]`, () =>
      node.forEach((item: unknown, i) => (node[i] = visit(item, path, change, made))),
    );
    return node;
  }
  if (!isFields(node)) return notModelled('a field that should hold others');
  const isList = part.endsWith('[]');
  const name = isList ? part.slice(0, -2) : part;
  if (name === '') return refuse('cannot set or create an empty field name');
  if (/^\d+$|^-$|^\*$|^\[.*\]$/.test(name)) return notModelled(`a field spec with ${name}`);
  enter(node, name, made && !isList ? (rest.length === 0 ? made : () => ({})) : undefined, isList);
  if (Object.hasOwn(node, name)) put(node, name, visit(node[name], rest, change, made));
  return node;
}

/** Makes a field that is not there, or is null. */
function enter(node: Fields, name: string, made: (() => unknown) | undefined, isList: boolean): void {
  if (made && isNull(node[name])) node[name] = made();
  else if (isList && Object.hasOwn(node, name) && isNull(node[name])) node[name] = [];
}

const workloads = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'];

/** Where Pods are described, below the template of a workload. */
const templates = (field: string): FieldSpec[] => [
  { path: `spec/template/metadata/${field}`, version: 'v1', kind: 'ReplicationController', create: true },
  ...workloads.map((kind) => ({ path: `spec/template/metadata/${field}`, kind, create: true })),
  { path: `spec/template/metadata/${field}`, group: 'batch', kind: 'Job', create: true },
  { path: `spec/jobTemplate/metadata/${field}`, group: 'batch', kind: 'CronJob', create: true },
  { path: `spec/jobTemplate/spec/template/metadata/${field}`, group: 'batch', kind: 'CronJob', create: true },
];

export const annotationSpecs: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  ...templates('annotations'),
];

/** With the labels of Pods and of claims, but no selectors. */
export const templateLabelSpecs: readonly FieldSpec[] = [
  { path: 'metadata/labels', create: true },
  ...templates('labels').map((spec) => (spec.kind === 'StatefulSet' ? { ...spec, group: 'apps' } : spec)),
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', group: 'apps', kind: 'StatefulSet', create: true },
];

const affinityTerms = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm`,
  `affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution`,
]);
const selecting = [...affinityTerms, 'topologySpreadConstraints'].map(
  (term) => `spec/template/spec/${term}/labelSelector/matchLabels`,
);

export const commonLabelSpecs: readonly FieldSpec[] = [
  { path: 'spec/selector', version: 'v1', kind: 'Service', create: true },
  { path: 'spec/selector', version: 'v1', kind: 'ReplicationController', create: true },
  ...['Deployment', 'ReplicaSet', 'DaemonSet'].map((kind) => ({
    path: 'spec/selector/matchLabels',
    kind,
    create: true,
  })),
  { path: 'spec/selector/matchLabels', group: 'apps', kind: 'StatefulSet', create: true },
  ...['Deployment', 'StatefulSet'].flatMap((kind) => selecting.map((path) => ({ path, group: 'apps', kind }))),
  { path: 'spec/selector/matchLabels', group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', group: 'batch', kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', group: 'policy', kind: 'PodDisruptionBudget' },
  ...['spec', 'spec/ingress/from', 'spec/egress/to'].map((path) => ({
    path: `${path}/podSelector/matchLabels`,
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
  })),
  ...templateLabelSpecs,
];

export const namespaceSpecs: readonly FieldSpec[] = [
  { path: 'metadata/name', kind: 'Namespace', create: true },
  { path: 'spec/service/namespace', group: 'apiregistration.k8s.io', kind: 'APIService', create: true },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
];

export const imageSpecs: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((pod) => [
  { path: `${pod}/containers[]/image` },
  { path: `${pod}/initContainers[]/image` },
  { path: `${pod}/volumes[]/image/reference` },
]);

export const replicaSpecs: readonly FieldSpec[] = [
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
].map((kind) => ({ path: 'spec/replicas', kind, create: true }));

/** labels[].fields on top of others: what says the same is one, unless they disagree on creating. */
export function withSpecs(specs: readonly FieldSpec[], others: readonly FieldSpec[]): FieldSpec[] {
  const merged = [...specs];
  for (const other of others) {
    const same = merged.find((one) => one.path === other.path && isSelected(gvkOf(other), one));
    if (!same) merged.push(other);
    else if ((same.create ?? false) !== (other.create ?? false))
      refuse('failed to merge labels: conflicting fieldspecs');
  }
  return merged;
}

const gvkOf = ({ group = '', version = '', kind = '' }: FieldSpec) => ({ group, version, kind });
