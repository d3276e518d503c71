// InterPodAffinity: a required term becomes one that is preferred.
import { remove, set, type WrittenEdit } from '../change.ts';
import { isObject, type JsonValue } from '../../../base/json.ts';
import type { PendingPod, PlacementProposer } from '../pending-pod.ts';

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

export const podAffinity: PlacementProposer = {
  plugin: 'InterPodAffinity',
  propose(pending, node) {
    const [first, another] = pending.blame(node, 'InterPodAffinity');
    const [, kind, index] =
      /^spec\.affinity\.(podAffinity|podAntiAffinity)\.required\w+\[(\d+)\]$/.exec(first?.path ?? '') ?? [];
    if (another || (kind !== 'podAffinity' && kind !== 'podAntiAffinity')) return [];
    const edits = asPreference(pending, kind, Number(index));
    const wish = kind === 'podAffinity' ? 'near such Pods' : 'apart from such Pods';
    return edits
      ? [{ id: `prefer ${kind} ${index}`, title: `Only prefer to be ${wish}`, cost: 3, risk: 3, edits }]
      : [];
  },
};

function asPreference(
  { declared, path, pod }: PendingPod,
  kind: 'podAffinity' | 'podAntiAffinity',
  index: number,
): WrittenEdit[] | undefined {
  const terms = pod.spec?.affinity?.[kind];
  const term: unknown = terms?.[required]?.[index];
  if (!isObject(term)) return undefined;
  const at = path(`spec.affinity.${kind}`);
  const count = terms?.[preferred]?.length ?? 0;
  const isLast = terms?.[required]?.length === 1;
  return [
    remove(declared, isLast ? `${at}.${required}` : `${at}.${required}[${index}]`),
    set(declared, `${at}.${preferred}[${count}]`, { weight: 100, podAffinityTerm: term as JsonValue }),
  ];
}
