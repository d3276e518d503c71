// Parts of a Pod that the server looks at and our rules do not: a Pod that has one of them is neither valid nor invalid to us.
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

export const unmodelledOfPod: readonly UnmodelledField[] = annotations;

/** The same for a template at a path of a workload. */
export function unmodelledOfTemplate(path: string): readonly UnmodelledField[] {
  return unmodelledOfPod.map((field) => ({ ...field, within: path }));
}
