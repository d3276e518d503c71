// A field that does not exist, and nothing like it does: without it the object is what the server would take it for anyway.
import { suggestField } from '../../../analyzer/suggest.ts';
import { lastName, remove } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const fieldRemoval: Proposer = {
  findings: ['unknown-field'],
  propose({ declared, finding }) {
    const { path } = finding.field;
    if (suggestField(declared.object, path)) return [];
    const change = { id: `remove ${path}`, title: `Remove ${lastName(path)}`, cost: 3, risk: 3 };
    return [{ ...change, edits: [remove(declared, path)] }];
  },
};
