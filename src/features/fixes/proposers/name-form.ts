// A name that Kubernetes does not take: the nearest that it does.
import { lastName, set } from '../change.ts';
import { nodeAt } from '../../../manifest/index.ts';
import { segmentsOf } from '../../locate.ts';
import type { Proposer } from '../proposer.ts';

export const nameForm: Proposer = {
  findings: ['invalid-field'],
  propose({ declared, finding: { field, message } }) {
    const node = nodeAt(declared.document, segmentsOf(declared, field.path));
    if (!/RFC 1123|RFC 1035/.test(message) || node?.kind !== 'scalar') return [];
    const isLabel = !message.includes('subdomain');
    const name = wellFormed(node.text, isLabel);
    if (!name || name === node.text) return [];
    return [
      {
        id: `set ${field.path} ${name}`,
        title: `Write ${lastName(field.path)} as ${name}`,
        // whoever speaks of the object by its name has to be told
        cost: 1,
        risk: 1,
        edits: [set(declared, field.path, name)],
      },
    ];
  },
};

/** `my-app-1` for `MyApp_1`: humps become words. */
function wellFormed(text: string, isLabel: boolean): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(isLabel ? /[^a-z0-9]+/g : /[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, isLabel ? 63 : 253);
}
