// What a file declares for the others, as plain data: it can be sent to another thread, and outlives the file's text.
import { customKindsOf } from '../analyzer/custom-kinds.ts';
import { templatePathOf } from '../analyzer/template-paths.ts';
import { podLabelsOf, type PodLabels } from '../analyzer/pod-templates.ts';
import type { KubeObject } from '../api/object.ts';
import type { ParsedFile } from './sources.ts';

export interface Declarations {
  readonly file: string;
  /** The objects that are there when another file is applied: everything except workloads, and what no other object looks at. */
  readonly objects: readonly KubeObject[];
  /** The Pods that its workloads would bring. */
  readonly pods: readonly PodLabels[];
  /** The kinds that it defines. */
  readonly customKinds: readonly string[];
}

/** Kinds that no run of another object looks at, so they need not be there. */
const withoutEffect = new Set([
  'Service',
  'Ingress',
  'IngressClass',
  'HorizontalPodAutoscaler',
  'Endpoints',
  'EndpointSlice',
  'Event',
]);

const isWorkload = ({ kind }: KubeObject) => kind === 'Pod' || templatePathOf(kind) !== undefined;

export function declarationsOf({ name, declared }: ParsedFile): Declarations {
  const objects = declared.map(({ object }) => object);
  return {
    file: name,
    objects: objects.filter((object) => !isWorkload(object) && !withoutEffect.has(object.kind)),
    pods: objects.flatMap((object) => podLabelsOf(object) ?? []),
    customKinds: customKindsOf(objects),
  };
}
