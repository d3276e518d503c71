// A Pod that waits for its scheduling gates: without them it does not.
import { isWritten, remove } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const schedulingGates: Proposer = {
  findings: ['scheduling-gated'],
  propose({ declared, finding }) {
    const { path } = finding.field;
    if (!path.endsWith('schedulingGates') || !isWritten(declared, path)) return [];
    // whoever gave the Pod its gates wanted it to wait
    const change = { id: 'remove scheduling gates', title: 'Do without the scheduling gates', cost: 2, risk: 4 };
    return [{ ...change, edits: [remove(declared, path)] }];
  },
};
