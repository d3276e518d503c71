// The name of a PriorityClass becomes a number (plugin/pkg/admission/priority, Kubernetes 1.36).
import { copyWith } from '../../../base/copy.ts';
import type { Pod, PodSpec, PriorityClass } from '../../../api/object.ts';
import type { ClusterReader } from '../registry/reader.ts';
import {
  isPod,
  refuse,
  type AdmissionContext,
  type AdmissionPlugin,
  type AdmissionRequest,
  type AdmissionVerdict,
} from './plugin.ts';

interface Priority {
  readonly name: string;
  readonly value: number;
  readonly preemptionPolicy: string | undefined;
}

const resource = 'priorityclasses.scheduling.k8s.io';

/** Classes that every server creates when it starts. */
const builtin: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

const none: Priority = { name: '', value: 0, preemptionPolicy: 'PreemptLowerPriority' };

const of = ({ metadata, value, preemptionPolicy }: PriorityClass): Priority => ({
  name: metadata.name ?? '',
  value,
  preemptionPolicy: preemptionPolicy ?? 'PreemptLowerPriority',
});

/** Of several default classes the lowest counts. */
function defaultClass(reader: ClusterReader): PriorityClass | undefined {
  let lowest: PriorityClass | undefined;
  for (const candidate of reader.list<PriorityClass>(resource)) {
    if (candidate.globalDefault && (!lowest || candidate.value < lowest.value)) lowest = candidate;
  }
  return lowest;
}

function priorityOf(spec: PodSpec, reader: ClusterReader): Priority | undefined {
  const name = spec.priorityClassName;
  if (!name) {
    const found = defaultClass(reader);
    return found ? of(found) : none;
  }
  const found = reader.get<PriorityClass>(resource, undefined, name);
  if (found) return of(found);
  const value = builtin[name];
  return value === undefined ? undefined : { ...none, name, value };
}

function admitPod(request: AdmissionRequest, { reader }: AdmissionContext): AdmissionVerdict {
  const pod = request.object as Pod;
  const { spec } = pod;
  if (!spec) return undefined;
  const priority = priorityOf(spec, reader);
  if (!priority) return refuse(request, `no PriorityClass with name ${spec.priorityClassName} was found`);
  const { name, value, preemptionPolicy } = priority;
  const computed = (what: string, given: unknown, right: unknown) =>
    `the ${what} (${String(given)}) must not be provided in pod spec; ` +
    `priority admission controller computed ${String(right)} from the given PriorityClass name`;
  if (spec.priority !== undefined && spec.priority !== value) {
    return refuse(request, computed('integer value of priority', spec.priority, value));
  }
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== preemptionPolicy) {
    return refuse(request, computed('string value of PreemptionPolicy', spec.preemptionPolicy, preemptionPolicy));
  }
  const named = name ? { priorityClassName: name } : {};
  const filled = copyWith(spec, { ...named, priority: value, preemptionPolicy });
  const changed = ['spec.priority', 'spec.preemptionPolicy'];
  if (name && name !== spec.priorityClassName) changed.unshift('spec.priorityClassName');
  return { object: copyWith(pod, { spec: filled }) as Pod, changed };
}

/** What a new version of a Pod leaves out of its priority stays. */
function keepPriority({ object, old }: AdmissionRequest): AdmissionVerdict {
  const pod = object as Pod;
  const previous: Partial<Pod> | undefined = old;
  const before = previous?.spec;
  if (!pod.spec || !before) return undefined;
  const { priority = before.priority, preemptionPolicy = before.preemptionPolicy } = pod.spec;
  if (priority === pod.spec.priority && preemptionPolicy === pod.spec.preemptionPolicy) return undefined;
  const kept = { ...pod, spec: { ...pod.spec, priority, preemptionPolicy } } as Pod;
  return { object: kept, changed: ['spec.priority', 'spec.preemptionPolicy'] };
}

export const priority: AdmissionPlugin = {
  name: 'Priority',
  resources: ['pods', resource],
  admit(request, context) {
    if (!isPod(request)) return undefined;
    if (request.operation === 'CREATE') return admitPod(request, context);
    return request.operation === 'UPDATE' ? keepPriority(request) : undefined;
  },
  validate(request, { reader }) {
    const { resourceName, operation, object } = request;
    if (resourceName !== resource || operation === 'DELETE') return undefined;
    const { globalDefault, metadata } = object as PriorityClass;
    const other = globalDefault ? defaultClass(reader)?.metadata.name : undefined;
    if (other === undefined || (operation === 'UPDATE' && other === metadata.name)) return undefined;
    return refuse(request, `PriorityClass ${other} is already marked as default. Only one default can exist`);
  },
};
