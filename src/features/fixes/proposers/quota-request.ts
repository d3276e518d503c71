// More than a quota leaves: the request goes down to what is left.
import { quotaShortage } from '../../../analyzer/forbidden.ts';
import { valueAt } from '../../../analyzer/value-places.ts';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  negateQuantity,
  parseQuantity,
} from '../../../api/quantity.ts';
import { set } from '../change.ts';
import type { Proposer } from '../proposer.ts';

const nothing = parseQuantity(0)!;

export const quotaRequest: Proposer = {
  findings: ['forbidden', 'pod-creation'],
  propose({ declared, finding }) {
    const shortage = quotaShortage(finding.message);
    const { path } = finding.field;
    const [, list = '', resource = ''] = /\.resources\.(requests|limits)\[([^\]]+)\]$/.exec(path) ?? [];
    const own: unknown = valueAt(declared.object, path);
    const amounts = [own, shortage?.requested, shortage?.used, shortage?.limited].map((amount) =>
      typeof amount === 'string' || typeof amount === 'number' ? parseQuantity(amount) : undefined,
    );
    const [asked, requested, used, limited] = amounts;
    if (!resource || !asked || !requested || !used || !limited) return [];
    // all but this container asks for the rest
    const left = [limited, negateQuantity(used), negateQuantity(requested)].reduce(addQuantities, asked);
    if (compareQuantities(left, nothing) <= 0) return [];
    const text = formatQuantity({ ...left, format: limited.format });
    return [
      {
        id: `set ${path} ${text}`,
        title: `Lower the ${resource} ${list.slice(0, -1)} to ${text}`,
        cost: 1,
        risk: 2,
        edits: [set(declared, path, /^\d+$/.test(text) ? Number(text) : text)],
      },
    ];
  },
};
