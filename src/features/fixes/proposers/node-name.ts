// NodeName, and whoever is not taken by the node that a Pod names: the scheduler finds one.
import { isWritten, remove } from '../change.ts';
import { templatePathOf } from '../../../analyzer/template-paths.ts';
import type { Proposer } from '../proposer.ts';

export const nodeName: Proposer = {
  findings: ['node-missing', 'node-refuses'],
  propose({ declared }) {
    const template = declared.object.kind === 'Pod' ? undefined : templatePathOf(declared.object.kind);
    const path = `${template === undefined ? '' : `${template}.`}spec.nodeName`;
    if (!isWritten(declared, path)) return [];
    const change = { id: `remove ${path}`, title: 'Leave nodeName out: the scheduler finds a node', cost: 2, risk: 1 };
    return [{ ...change, edits: [remove(declared, path)] }];
  },
};
