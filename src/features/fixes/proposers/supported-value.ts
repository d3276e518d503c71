// A value that is none of those supported: the one that was meant.
import { suggestValue } from '../../../analyzer/suggest.ts';
import { lastName, set } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const supportedValue: Proposer = {
  findings: ['invalid-field'],
  propose({ declared, finding: { field, message } }) {
    const meant = message.includes('Unsupported value: ') ? suggestValue(message) : undefined;
    if (meant === undefined) return [];
    return [
      {
        id: `set ${field.path} ${meant}`,
        title: `Correct ${lastName(field.path)} to ${meant}`,
        cost: 1,
        risk: 0,
        isSafe: true,
        isCertain: true,
        edits: [set(declared, field.path, meant)],
      },
    ];
  },
};
