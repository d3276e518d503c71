// The run met something that is not modelled: the verdict for that object is left open, and says so.
import type { Finding, Rule } from '../finding.ts';
import { attribute, finalKey } from '../subject.ts';

export const unknown: Rule = {
  ids: ['unknown'],
  find: (evidence) => {
    // of one field several programs may say that they do not know; that is one finding
    const found = new Map<string, { finding: Finding; reasons: Set<string> }>();
    for (const entry of evidence.trace) {
      if (entry.type !== 'unknown') continue;
      const object = evidence.final.get(finalKey(entry.subject));
      const attribution = object && attribute(object, evidence);
      const subject = attribution?.subject ?? entry.subject;
      const path = entry.path ? (attribution?.path(entry.path) ?? entry.path) : '';
      const key = `${finalKey(subject)} ${path}`;
      const known = found.get(key);
      if (known) known.reasons.add(entry.reason);
      else {
        const finding: Finding = {
          ...{ id: 'unknown', severity: 'info', subject, related: [], steps: [entry.seq] },
          ...{ field: { path }, message: '' },
          explanation: 'From here on the verdict is unknown.',
        };
        found.set(key, { finding, reasons: new Set([entry.reason]) });
      }
    }
    return [...found.values()].map(({ finding, reasons }) => ({ ...finding, message: [...reasons].join('; ') }));
  },
};
