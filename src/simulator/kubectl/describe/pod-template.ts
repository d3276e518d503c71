// The Pod template in the description of a workload, and how its Pods are doing.
import {
  controllerOf,
  type KubeObject,
  type LabelSelector,
  type Pod,
  type PodTemplateSpec,
} from '../../../api/object.ts';
import { selectorText } from '../printing/tables/cells.ts';
import type { Session, Steps } from '../session.ts';
import { describeContainers } from './containers.ts';
import { builtin } from './describer.ts';
import type { Description } from './description.ts';
import { describeSpread, describeTolerations } from './pod.ts';
import { describeVolumes } from './volumes.ts';

export function describePodTemplate(description: Description, template: PodTemplateSpec | undefined): void {
  description.line('Pod Template:');
  if (!template) return;
  const { metadata = {}, spec } = template;
  description.labels('Labels', metadata.labels, 1);
  if (Object.keys(metadata.annotations ?? {}).length > 0) {
    description.annotations('Annotations', metadata.annotations, 1);
  }
  if (spec?.serviceAccountName) description.field('Service Account', spec.serviceAccountName, 1);
  const options = { inTemplate: true };
  if (spec?.initContainers?.length) {
    describeContainers(description, 'Init Containers', spec.initContainers, [], options);
  }
  describeContainers(description, 'Containers', spec?.containers ?? [], [], options);
  describeVolumes(description, spec?.volumes, true);
  describeSpread(description, spec?.topologySpreadConstraints, 1);
  if (spec?.priorityClassName) description.field('Priority Class Name', spec.priorityClassName, 1);
  description.labels('Node-Selectors', spec?.nodeSelector, 1);
  describeTolerations(description, spec?.tolerations, 1);
}

/** The Pods that a controller's selector selects, in its namespace. */
export function* selectedPods(
  session: Session,
  { metadata: { namespace = '' } }: KubeObject,
  selector: LabelSelector | null | undefined,
): Steps<readonly Pod[]> {
  return yield* session.list<Pod>(builtin('pods'), { namespace, labelSelector: selectorText(selector) });
}

/** `2 Running / 0 Waiting / 0 Succeeded / 0 Failed`: the Pods that the object controls. */
export function podCounts({ metadata }: KubeObject, pods: readonly Pod[]): string {
  const own = pods.filter((pod) => controllerOf(pod)?.uid === metadata.uid);
  const count = (phase: string) => own.filter(({ status }) => status?.phase === phase).length;
  const phases = [
    ['Running', 'Running'],
    ['Pending', 'Waiting'],
    ['Succeeded', 'Succeeded'],
    ['Failed', 'Failed'],
  ] as const;
  return phases.map(([phase, word]) => `${count(phase)} ${word}`).join(' / ');
}

/** Conditions with their reasons, below `Conditions:`. */
export function describeReasons(
  description: Description,
  conditions: readonly { readonly type: string; readonly status: string; readonly reason?: string }[] = [],
): void {
  if (conditions.length === 0) return;
  description.line('Conditions:');
  const rows = conditions.map(({ type, status, reason = '' }) => [`${type} `, status, reason]);
  description.table(['Type', 'Status', 'Reason'], rows);
}
