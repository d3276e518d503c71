// A container without a name: that of its image.
import { valueAt } from '../../../analyzer/value-places.ts';
import { set } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const containerName: Proposer = {
  findings: ['invalid-field'],
  propose({ declared, finding }) {
    const { path } = finding.field;
    if (!/ontainers\[\d+\]\.name$/.test(path) || !finding.message.includes(`${path}: Required value`)) return [];
    const image = valueAt(declared.object, path.replace(/name$/, 'image'));
    const [, name] = /(?:^|\/)([a-z0-9-]+)(?:[:@][^/]*)?$/.exec(typeof image === 'string' ? image : '') ?? [];
    if (name === undefined) return [];
    return [
      {
        id: `set ${path} ${name}`,
        title: `Call the container ${name}`,
        cost: 1,
        risk: 0,
        edits: [set(declared, path, name)],
      },
    ];
  },
};
