// A RuntimeClass brings the overhead of its Pods and where they can run (plugin/pkg/admission/runtimeclass, Kubernetes 1.36).
import type { Pod, PodSpec, RuntimeClass } from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { failure } from '../../../api/status.ts';
import type { ClusterReader } from '../registry/reader.ts';
import { invalidPathSegment } from '../registry/path-segment.ts';
import { isPod, refuse, type AdmissionPlugin, type AdmissionRequest, type AdmissionVerdict } from './plugin.ts';
import { mergeTolerations } from './merge-tolerations.ts';

const wrongOverhead = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";
const strayOverhead = 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead';

function classOf({ runtimeClassName }: PodSpec, reader: ClusterReader): RuntimeClass | undefined {
  if (runtimeClassName === undefined) return undefined;
  return reader.get<RuntimeClass>('runtimeclasses.node.k8s.io', undefined, runtimeClassName);
}

function missingClass(request: AdmissionRequest, name: string): AdmissionVerdict {
  // A name that cannot stand in a URL never gets as far as being looked up, and the error goes out as it is.
  const unusable = name ? invalidPathSegment(name) : 'resource name may not be empty';
  if (unusable) return { refusal: failure(500, '', unusable) };
  return refuse(request, `pod rejected: RuntimeClass "${name}" not found`);
}

const isEmpty = (list: object | undefined) => !list || Object.keys(list).length === 0;

function withScheduling(
  spec: PodSpec,
  { nodeSelector: required = {}, tolerations = [] }: NonNullable<RuntimeClass['scheduling']>,
): PodSpec | string {
  const { nodeSelector } = spec;
  for (const key of sortedKeys(required)) {
    const given = nodeSelector?.[key];
    if (given === undefined || given === required[key]) continue;
    return `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${required[key]}; pod.spec.nodeSelector[${key}] = ${given}`;
  }
  const selector = { ...nodeSelector, ...required };
  const merged = mergeTolerations(spec.tolerations ?? [], tolerations);
  return {
    ...spec,
    ...(!isEmpty(selector) && { nodeSelector: selector }),
    ...(merged.length > 0 && { tolerations: merged }),
  };
}

export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  resources: ['pods'],
  admit(request, { reader }) {
    const pod = request.object as Pod;
    if (!isPod(request) || request.operation !== 'CREATE' || pod.spec?.runtimeClassName === undefined) return undefined;
    const found = classOf(pod.spec, reader);
    if (!found) return missingClass(request, pod.spec.runtimeClassName);
    const changed: string[] = [];
    let { spec } = pod;
    const overhead = found.overhead?.podFixed;
    if (found.overhead) {
      if (!isEmpty(spec.overhead) && !deepEqual(spec.overhead, overhead)) return refuse(request, wrongOverhead);
      spec = { ...spec, overhead };
      changed.push('spec.overhead');
    }
    if (found.scheduling) {
      const scheduled = withScheduling(spec, found.scheduling);
      if (typeof scheduled === 'string') return refuse(request, scheduled);
      spec = scheduled;
      changed.push('spec.nodeSelector', 'spec.tolerations');
    }
    return changed.length ? { object: { ...pod, spec } as Pod, changed } : undefined;
  },
  validate(request, { reader }) {
    const { spec } = request.object as Pod;
    if (!isPod(request) || request.operation !== 'CREATE' || !spec || isEmpty(spec.overhead)) return undefined;
    const overhead = classOf(spec, reader)?.overhead;
    if (!overhead) return refuse(request, strayOverhead);
    return deepEqual(spec.overhead, overhead.podFixed) ? undefined : refuse(request, wrongOverhead);
  },
};
