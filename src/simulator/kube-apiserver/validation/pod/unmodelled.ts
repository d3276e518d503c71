// Parts of a Pod that the server looks at and our rules do not: a Pod that has one of them is neither valid nor invalid to us.
import { isObject } from '../../../../base/json.ts';
import type { UnmodelledField } from '../validation.ts';

const annotation = (prefix: string, reason: string): UnmodelledField => ({
  pattern: 'metadata.annotations[*]',
  reason,
  applies: (_value, key) => key.startsWith(prefix),
});

/** Annotations that were fields before fields were there; relative to the Pod or template. */
const annotations: readonly UnmodelledField[] = [
  annotation(
    'scheduler.alpha.kubernetes.io/tolerations',
    'the rules for tolerations in an annotation are not modelled',
  ),
];

/** Whether a file of variables would lie in a volume that is no emptyDir. */
function isElsewhere(reference: unknown, spec: unknown): boolean {
  const volumes = isObject(spec) && Array.isArray(spec['volumes']) ? (spec['volumes'] as unknown[]) : [];
  const name = isObject(reference) ? reference['volumeName'] : undefined;
  return volumes.some((volume) => isObject(volume) && volume['name'] === name && volume['emptyDir'] === undefined);
}

const fileReferences = (list: string): UnmodelledField => ({
  pattern: `spec.${list}[*].env[*].valueFrom.fileKeyRef`,
  reason: 'the rules for files of variables outside of an emptyDir are not modelled',
  applies: (value, _key, pod) => isObject(pod) && isElsewhere(value, pod['spec']),
});

export const unmodelledOfPod: readonly UnmodelledField[] = [
  ...annotations,
  ...['containers', 'initContainers', 'ephemeralContainers'].map(fileReferences),
];

/** The same for a template at a path of a workload. */
export function unmodelledOfTemplate(path: string): readonly UnmodelledField[] {
  return unmodelledOfPod.map((field) => ({ ...field, within: path }));
}
