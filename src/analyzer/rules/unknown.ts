// The run met something that is not modelled: the verdict for that object is left open, and says so.
import type { Rule } from '../finding.ts';
import { attribute, finalKey } from '../subject.ts';

export const unknown: Rule = {
  ids: ['unknown'],
  find: (evidence) =>
    evidence.trace.flatMap((entry) => {
      if (entry.type !== 'unknown') return [];
      const object = evidence.final.get(finalKey(entry.subject));
      const { subject, path } = object
        ? attribute(object, evidence)
        : { subject: entry.subject, path: (own: string) => own };
      return [
        {
          ...{ id: 'unknown', severity: 'info', subject, related: [], steps: [entry.seq], dependsOnCluster: false },
          field: { path: entry.path ? path(entry.path) : '' },
          message: entry.reason,
          explanation: 'Applyscope does not model this yet, so what happens from here on is unknown.',
        } as const,
      ];
    }),
};
