// InterPodAffinity: a term's slip is corrected, or it becomes one that is preferred.
import { nearest, nearestKey } from '../../../analyzer/suggest.ts';
import type { Node } from '../../../api/object.ts';
import type { Declared } from '../../sources.ts';
import { isWritten, remove, set, type Change, type WrittenEdit } from '../change.ts';
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
    const prefer = edits && {
      id: `prefer ${kind} ${index}`,
      title: `Only prefer to be ${wish}`,
      cost: 3,
      risk: 3,
      edits,
    };
    const at = `spec.affinity.${kind}.${required}[${index}]`;
    return [...(kind === 'podAffinity' ? corrections(pending, at, Number(index)) : []), ...(prefer ? [prefer] : [])];
  },
};

/** The topology key, and labels of other Pods, that are nearly what there is. */
function corrections({ declared, path, pod, pods, nodes }: PendingPod, at: string, index: number): Change[] {
  const { topologyKey = '', labelSelector } = pod.spec?.affinity?.podAffinity?.[required]?.[index] ?? {};
  const key = keyCorrection(declared, path(`${at}.topologyKey`), topologyKey, nodes);
  const labels = Object.entries(labelSelector?.matchLabels ?? {}).flatMap(([name, value]) => {
    const values = new Set(pods().flatMap(({ metadata }) => metadata.labels?.[name] ?? []));
    const meant = values.has(value) ? undefined : nearest(value, values);
    const field = path(`${at}.labelSelector.matchLabels[${name}]`);
    const change = { id: `set ${field} ${meant}`, title: `Correct ${name} to ${meant}`, cost: 1, risk: 0 };
    return meant !== undefined && isWritten(declared, field)
      ? [{ ...change, edits: [set(declared, field, meant)] }]
      : [];
  });
  return [...key, ...labels];
}

/** A topology key that no node has, and one that nodes have. */
export function keyCorrection(declared: Declared, field: string, key: string, nodes: readonly Node[]): Change[] {
  const keys = new Set(nodes.flatMap(({ metadata }) => Object.keys(metadata.labels ?? {})));
  const meant = keys.has(key) ? undefined : nearestKey(key, keys);
  if (meant === undefined || !isWritten(declared, field)) return [];
  const isSlip = nearest(key, [meant]) !== undefined;
  const change = { id: `set ${field} ${meant}`, title: `Correct ${key} to ${meant}`, cost: 1, risk: isSlip ? 0 : 1 };
  return [{ ...change, isSafe: isSlip, edits: [set(declared, field, meant)] }];
}

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
