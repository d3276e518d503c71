// The run met something that is not modelled: the verdict for that object is left open, and says so.
import { linesOf } from '../lines.ts';
import type { TraceEntry, UnknownDetails } from '../../simulator/trace.ts';
import type { Finding, Rule } from '../finding.ts';
import { attribute, finalKey } from '../subject.ts';

/** Of kinds whose controller is not modelled, or not wholly: all that is unknown then. */
const leftOpen: Readonly<Record<string, string>> = {
  HorizontalPodAutoscaler: 'How many replicas it asks for is unknown',
  CertificateSigningRequest: 'Whether it is signed is unknown',
};

function explanationOf({ from, path, subject }: TraceEntry & UnknownDetails): string {
  const what = from.startsWith('kube-controller-manager') && path === undefined ? leftOpen[subject.kind] : undefined;
  return what ? `${what}; the apply itself goes on.` : 'From here on the verdict is unknown.';
}

export const unknown: Rule = {
  ids: ['unknown'],
  find: (evidence) => {
    // of one field several programs may say that they do not know; that is one finding
    const found = new Map<string, { finding: Finding; reasons: Set<string> }>();
    for (const entry of linesOf(evidence.trace, 'unknown')) {
      const object = evidence.final.get(finalKey(entry.subject));
      const attribution = object && attribute(object, evidence);
      const subject = attribution?.subject ?? entry.subject;
      const path = entry.path ? (attribution?.path(entry.path) ?? entry.path) : '';
      const key = `${finalKey(subject)} ${path}`;
      const known = found.get(key);
      if (known) known.reasons.add(entry.reason);
      else {
        const finding: Finding = {
          id: 'unknown',
          severity: 'info',
          subject,
          related: [],
          steps: [entry.seq],
          field: { path },
          message: '',
          explanation: explanationOf(entry),
        };
        found.set(key, { finding, reasons: new Set([entry.reason]) });
      }
    }
    return [...found.values()].map(({ finding, reasons }) => ({ ...finding, message: [...reasons].join('; ') }));
  },
};
