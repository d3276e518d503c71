// What a file declares for the others, as plain data: it can be sent to another thread, and outlives the file's text.
import { customKindsOf } from '../analyzer/custom-kinds.ts';
import { templatePathOf } from '../analyzer/template-paths.ts';
import { describedPodOf, type DescribedPod } from '../analyzer/pod-templates.ts';
import type { KubeObject } from '../api/object.ts';
import type { ParsedFile } from './sources.ts';

export interface Declarations {
  readonly file: string;
  /** The objects that are there when another file is applied: everything except workloads, and what no other object looks at. */
  readonly objects: readonly KubeObject[];
  /** Those that matter only to who names them: as text, because there are many and hardly any is asked for. */
  readonly named: readonly NamedObject[];
  /** The Pods that its workloads would bring; of an apply that is only about the API none would come. */
  readonly pods: readonly DescribedPod[];
  /** The kinds that it defines. */
  readonly customKinds: readonly string[];
  /** The names of its Services, which an Ingress may send requests to. */
  readonly services: readonly string[];
}

export interface NamedObject {
  readonly name: string;
  readonly json: string;
}

/** Kinds that matter to an object only where it names them. */
const namedOnly = new Set([
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
]);

/** Those of them that only programs of a node look for, and no admission plugin does. */
const namedByPods = new Set(['Secret', 'PersistentVolumeClaim']);

/** Kinds that no run of another object looks at, so they need not be there. */
const withoutEffect = new Set(['Service', 'Ingress', 'HorizontalPodAutoscaler', 'Endpoints', 'EndpointSlice', 'Event']);

const isWorkload = ({ kind }: KubeObject) => kind === 'Pod' || templatePathOf(kind) !== undefined;

/** Undefined for a file that declares nothing. Of an apply `only` about the API, what kube-apiserver looks at. */
export function declarationsOf({ name, declared }: ParsedFile, only?: 'api'): Declarations | undefined {
  const objects = declared.map(({ object }) => object);
  const there = objects.filter(
    (object) => !isWorkload(object) && !withoutEffect.has(object.kind) && !(only && namedByPods.has(object.kind)),
  );
  const declarations = {
    file: name,
    objects: there.filter(({ kind }) => !namedOnly.has(kind)),
    named: there.filter(({ kind }) => namedOnly.has(kind)).map(namedObject),
    pods: only ? [] : objects.flatMap((object) => describedPodOf(object) ?? []),
    customKinds: customKindsOf(objects),
    services: only ? [] : objects.flatMap(({ kind, metadata: { name } }) => (kind === 'Service' && name ? [name] : [])),
  };
  const { objects: others, named, pods, customKinds, services } = declarations;
  return [others, named, pods, customKinds, services].some((list) => list.length > 0) ? declarations : undefined;
}

/** Numbers that no double holds are near enough where they are looked at; without any, JSON is written ten times as fast. */
function namedObject(object: KubeObject): NamedObject {
  const json = holdsBigInt(object)
    ? JSON.stringify(object, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
    : JSON.stringify(object);
  return { name: object.metadata.name ?? '', json };
}

function holdsBigInt(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint';
  for (const key in value) if (holdsBigInt((value as Readonly<Record<string, unknown>>)[key])) return true;
  return false;
}
