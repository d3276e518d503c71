// Fields of a Pod that the server looks at and our rules do not: a Pod that sets one of them is neither valid nor invalid to us.
import type { UnmodelledField } from '../validation.ts';

/** Relative to the spec of a Pod. */
const specFields: readonly UnmodelledField[] = [];

const annotations: readonly UnmodelledField[] = [
  {
    pattern: 'metadata.annotations[scheduler.alpha.kubernetes.io/tolerations]',
    reason: 'tolerations in an annotation',
  },
];

export const unmodelledPodFields: readonly UnmodelledField[] = [
  ...annotations,
  ...specFields.map(({ pattern, reason }) => ({ pattern: `spec.${pattern}`, reason })),
];
