// An API version that is not served any more, or never was for this kind: the one that is.
import { isBuiltinGroup, versionsOfKind } from '../../../api/resources.ts';
import { groupOf } from '../../../analyzer/custom-kinds.ts';
import { set } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const apiVersion: Proposer = {
  findings: ['unknown-kind'],
  propose({ declared }) {
    const { kind, apiVersion: given } = declared.object;
    const group = groupOf(given);
    if (!isBuiltinGroup(group) && group !== 'extensions') return [];
    const served = versionsOfKind(kind);
    const own = served.filter((version) => groupOf(version) === group);
    return (own.length ? own : served).map((version) => ({
      id: `set apiVersion ${version}`,
      title: `Use ${version}`,
      cost: 1,
      risk: 0,
      isSafe: served.length === 1,
      isCertain: true,
      edits: [set(declared, 'apiVersion', version)],
    }));
  },
};
