// Something is there twice: the second goes if it says the same, else it gets a name of its own.
import { valueAt } from '../../../analyzer/value-places.ts';
import { deepEqual, isObject } from '../../../base/json.ts';
import { remove, set, type Change } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const duplicateName: Proposer = {
  findings: ['invalid-field'],
  propose({ declared, finding: { field, message } }) {
    const [, listPath, index, name] = /^(.*)\[(\d+)\](?:\.(name))?$/.exec(field.path) ?? [];
    if (!message.includes('Duplicate value') || listPath === undefined) return [];
    const found = valueAt(declared.object, listPath);
    const list: readonly unknown[] = Array.isArray(found) ? found : [];
    const item = list[Number(index)];
    const path = `${listPath}[${index}]`;
    const isSame = list.slice(0, Number(index)).some((other) => deepEqual(other, item));
    const changes: Change[] = [
      {
        id: `remove ${path}`,
        title: 'Remove the second one',
        cost: 2,
        risk: isSame ? 0 : 3,
        isSafe: isSame,
        edits: [remove(declared, path)],
      },
    ];
    if (isSame || !name || !isObject(item) || typeof item.name !== 'string') return changes;
    const other = freeName(item.name, list);
    const title = `Call the second one ${other}`;
    return [
      { id: `set ${field.path} ${other}`, title, cost: 1, risk: 1, edits: [set(declared, field.path, other)] },
      ...changes,
    ];
  },
};

function freeName(name: string, list: readonly unknown[]): string {
  const names = new Set(list.map((item) => (isObject(item) ? item.name : undefined)));
  for (let n = 2; ; n++) if (!names.has(`${name}-${n}`)) return `${name}-${n}`;
}
