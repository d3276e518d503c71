// A quantity that cannot be read: mostly bytes written as people write them.
import { parseQuantity } from '../../../api/quantity.ts';
import { nodeAt } from '../../../manifest/index.ts';
import { segmentsOf } from '../../locate.ts';
import { lastName, set } from '../change.ts';
import type { Proposer } from '../proposer.ts';

/** By their first letter, in Kubernetes' case. */
const units: Readonly<Record<string, string>> = { k: 'k', m: 'M', g: 'G', t: 'T', p: 'P', e: 'E' };

export const quantity: Proposer = {
  findings: ['mistyped-field'],
  propose({ declared, finding: { field, message } }) {
    const node = nodeAt(declared.document, segmentsOf(declared, field.path));
    if (!message.includes('quantit') || node?.kind !== 'scalar') return [];
    const value = readable(node.text);
    if (value === undefined) return [];
    const meansTheSame = node.text.replace(/ |B$/g, '') === value;
    return [
      {
        id: `set ${field.path} ${value}`,
        title: `Write ${lastName(field.path)} as ${value}`,
        cost: 1,
        risk: meansTheSame ? 0 : 1,
        isSafe: meansTheSame,
        isCertain: true,
        edits: [set(declared, field.path, value)],
      },
    ];
  },
};

/** `1Gi` for `1GiB`, `512M` for `512 mb`, `1.5` for `1,5`. */
function readable(text: string): string | undefined {
  const [, number = '', unit = '', binary = ''] = /^([+-]?[\d.,]+) *([kmgtpe]?)(i?)b?$/i.exec(text.trim()) ?? [];
  if (!number) return undefined;
  const letter = units[unit.toLowerCase()] ?? '';
  const value = number.replace(',', '.') + (binary && letter === 'k' ? 'K' : letter) + (binary && 'i');
  return value !== text && parseQuantity(value) ? value : undefined;
}
