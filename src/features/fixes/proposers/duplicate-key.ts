// A key that is given twice: kubectl takes the last, so that the first may as well go.
import { deepEqual } from '../../../base/json.ts';
import type { PathSegment } from '../../../api/field-path.ts';
import type { YamlEntry, YamlNode } from '../../../manifest/yaml-node.ts';
import type { Proposer } from '../proposer.ts';

export const duplicateKey: Proposer = {
  findings: ['duplicate-key'],
  propose({ declared, finding }) {
    const { root, start } = declared.document;
    const found = root && entryAt(root, finding.start - start, []);
    if (!found) return [];
    const { path, entry, mapping } = found;
    const first = mapping.find((one) => one !== entry && textOf(one.key) === textOf(entry.key));
    const isSame = first && textOf(first.value) !== undefined && deepEqual(textOf(first.value), textOf(entry.value));
    return [
      {
        id: `remove the first ${textOf(entry.key)}`,
        title: `Remove the first ${textOf(entry.key)}, which does not count`,
        cost: 1,
        risk: isSame ? 0 : 1,
        isSafe: isSame ?? false,
        edits: [{ declared, edit: { type: 'remove', path, overridden: true } }],
      },
    ];
  },
};

interface Found {
  readonly path: readonly PathSegment[];
  readonly entry: YamlEntry;
  readonly mapping: readonly YamlEntry[];
}

const textOf = (node: YamlNode) => (node.kind === 'scalar' ? node.text : undefined);

/** The entry whose key begins at an offset. */
function entryAt(node: YamlNode, at: number, path: readonly PathSegment[]): Found | undefined {
  if (node.kind === 'sequence') {
    const index = node.items.findIndex(({ start, end }) => start <= at && at < end);
    return index < 0 ? undefined : entryAt(node.items[index]!, at, [...path, { index }]);
  }
  if (node.kind !== 'mapping') return undefined;
  const entry = node.entries.find(({ key, value }) => key.start <= at && at < Math.max(key.end, value.end));
  const way = [...path, { field: (entry && textOf(entry.key)) ?? '' }];
  if (!entry || entry.key.start === at) return entry && { path: way, entry, mapping: node.entries };
  return entryAt(entry.value, at, way);
}
