// PodTopologySpread: the constraint asks for less, or only prefers.
import { set } from '../change.ts';
import type { PlacementProposer } from '../pending-pod.ts';

export const topologySpread: PlacementProposer = {
  plugin: 'PodTopologySpread',
  propose({ declared, path, pod, blame }, node) {
    const [first, another] = blame(node, 'PodTopologySpread');
    if (!first || another) return [];
    const at = path(first.path);
    const index = Number(/\[(\d+)\]$/.exec(first.path)?.[1]);
    const { topologyKey, maxSkew = 1 } = pod.spec?.topologySpreadConstraints?.[index] ?? {};
    const [, count, least] = /would hold (\d+) .* holds (\d+):/.exec(first.says) ?? [];
    const skew = Number(count) - Number(least);
    return [
      ...(skew > maxSkew
        ? [
            {
              ...{
                id: `set ${at}.maxSkew ${skew}`,
                title: `Raise maxSkew of ${topologyKey} to ${skew}`,
                cost: 1,
                risk: 1 + skew - maxSkew,
              },
              edits: [set(declared, `${at}.maxSkew`, skew)],
            },
          ]
        : []),
      {
        ...{
          id: `prefer ${at}`,
          title: `Only prefer to spread over ${topologyKey} (ScheduleAnyway)`,
          cost: 1,
          risk: 3,
        },
        edits: [set(declared, `${at}.whenUnsatisfiable`, 'ScheduleAnyway')],
      },
    ];
  },
};
