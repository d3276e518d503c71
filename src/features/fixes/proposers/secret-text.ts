// A Secret whose data is plain text: stringData is the field for that.
import { lastName, move } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const secretText: Proposer = {
  findings: ['mistyped-field'],
  propose({ declared, finding: { field, message } }) {
    if (declared.object.kind !== 'Secret' || !message.includes('illegal base64 data')) return [];
    const name = lastName(field.path);
    return [
      {
        id: `move ${field.path} to stringData`,
        title: `Move ${name} to stringData, which takes plain text`,
        cost: 2,
        risk: 0,
        edits: [move(declared, field.path, 'stringData')],
      },
    ];
  },
};
