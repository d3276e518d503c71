// A field that does not exist: renamed to the one that was meant, where that one is not there yet.
import { suggestField } from '../../../analyzer/suggest.ts';
import { isWritten, lastName, rename } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const fieldName: Proposer = {
  findings: ['unknown-field'],
  propose({ declared, finding }) {
    const { path } = finding.field;
    const found = suggestField(declared.object, path);
    if (!found || !('beside' in found)) return [];
    const name = lastName(path);
    if (isWritten(declared, path.slice(0, -name.length) + found.beside)) return [];
    return [
      {
        id: `rename ${path} to ${found.beside}`,
        title: `Rename ${name} to ${found.beside}`,
        cost: 1,
        risk: 0,
        isSafe: true,
        isCertain: true,
        edits: [rename(declared, path, found.beside)],
      },
    ];
  },
};
