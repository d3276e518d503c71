// PodTopologySpread: the topology key is corrected, or the constraint asks for less, or only prefers.
import { set } from '../change.ts';
import type { PlacementProposer } from '../pending-pod.ts';
import { keyCorrection } from './pod-affinity.ts';

export const topologySpread: PlacementProposer = {
  plugin: 'PodTopologySpread',
  propose({ declared, path, pod, blame, nodes }, node) {
    const [first, another] = blame(node, 'PodTopologySpread');
    if (!first || another) return [];
    const at = path(first.path);
    const index = Number(/\[(\d+)\]$/.exec(first.path)?.[1]);
    const {
      topologyKey = '',
      maxSkew = 1,
      minDomains = 1,
      nodeTaintsPolicy,
    } = pod.spec?.topologySpreadConstraints?.[index] ?? {};
    const [, count, least] = /would hold (\d+) .* holds (\d+):/.exec(first.says) ?? [];
    const skew = Number(count) - Number(least);
    const domains = new Set(nodes.flatMap(({ metadata }) => metadata.labels?.[topologyKey] ?? [])).size;
    return [
      ...keyCorrection(declared, `${at}.topologyKey`, topologyKey, nodes),
      ...(nodeTaintsPolicy === 'Honor'
        ? []
        : [
            {
              id: `honor ${at}`,
              title: 'Spread only over nodes that are tolerated (nodeTaintsPolicy: Honor)',
              cost: 1,
              risk: 1,
              edits: [set(declared, `${at}.nodeTaintsPolicy`, 'Honor')],
            },
          ]),
      ...(domains > 0 && domains < minDomains
        ? [
            {
              id: `set ${at}.minDomains ${domains}`,
              title: `Lower minDomains of ${topologyKey} to ${domains}`,
              cost: 1,
              risk: 2,
              edits: [set(declared, `${at}.minDomains`, domains)],
            },
          ]
        : []),
      ...(skew > maxSkew
        ? [
            {
              id: `set ${at}.maxSkew ${skew}`,
              title: `Raise maxSkew of ${topologyKey} to ${skew}`,
              cost: 1,
              risk: 1 + skew - maxSkew,
              edits: [set(declared, `${at}.maxSkew`, skew)],
            },
          ]
        : []),
      {
        id: `prefer ${at}`,
        title: `Only prefer to spread over ${topologyKey} (ScheduleAnyway)`,
        cost: 1,
        risk: 3,
        edits: [set(declared, `${at}.whenUnsatisfiable`, 'ScheduleAnyway')],
      },
    ];
  },
};
