// TaintToleration: a toleration that nearly tolerates the taint is corrected, else one is added; or the taint goes.
import { nearest } from '../../../analyzer/suggest.ts';
import type { Node, Taint, Toleration } from '../../../api/object.ts';
import { taintText, toleratesTaint, untoleratedTaints } from '../../../api/tolerations.ts';
import { add, both, set, type Change } from '../change.ts';
import type { PendingPod, PlacementProposer } from '../pending-pod.ts';

/** Taints that say that a node is not well: no Pod is better for tolerating them. */
const isCondition = ({ key }: Taint) => key.startsWith('node.kubernetes.io/');
const isControlPlane = ({ key }: Taint) => key.startsWith('node-role.kubernetes.io/');

export const tolerations: PlacementProposer = {
  plugin: 'TaintToleration',
  propose(pending, node) {
    const own = pending.pod.spec?.tolerations;
    const taints = untoleratedTaints(node.spec?.taints, own, ['NoSchedule', 'NoExecute']);
    if (taints.length === 0 || taints.length > 2 || taints.some(isCondition)) return [];
    const [first = [], second] = taints.map((taint) => [...corrections(pending, taint), addition(pending, taint)]);
    const written = second ? first.flatMap((one) => second.map((other) => both(one, other))) : first;
    return [...written, removal(node, taints)];
  },
};

/** For each written toleration that misses the taint by one part: that part as it should be. */
function corrections({ declared, pod, path }: PendingPod, taint: Taint): Change[] {
  return (pod.spec?.tolerations ?? []).flatMap((toleration, i) => {
    const change = correction(toleration, taint);
    if (!change || toleratesTaint(toleration, taint)) return [];
    const { field, value, isTypo } = change;
    return {
      id: `correct toleration ${i} ${field} ${value}`,
      title: `Correct the ${field} of the toleration to ${value || '""'}`,
      cost: 1,
      risk: isTypo ? 0 : riskOf(taint),
      isSafe: isTypo,
      edits: [set(declared, path(`spec.tolerations[${i}].${field}`), value)],
    };
  });
}

interface Correction {
  readonly field: 'key' | 'value' | 'effect';
  readonly value: string;
  /** Nearly what it should be. */
  readonly isTypo: boolean;
}

function correction(toleration: Toleration, taint: Taint): Correction | undefined {
  const wanted = { key: taint.key, value: taint.value ?? '', effect: taint.effect } as const;
  for (const field of ['key', 'value', 'effect'] as const) {
    const given = toleration[field] ?? '';
    if (given === wanted[field] || !toleratesTaint({ ...toleration, [field]: wanted[field] }, taint)) continue;
    const isTypo = given !== '' && nearest(given, [wanted[field]]) !== undefined;
    if (field === 'key' && !isTypo) return undefined;
    return { field, value: wanted[field], isTypo: isTypo && field !== 'effect' };
  }
  return undefined;
}

function addition({ declared, path }: PendingPod, taint: Taint): Change {
  const { key, value, effect } = taint;
  const toleration = value ? { key, operator: 'Equal', value, effect } : { key, operator: 'Exists', effect };
  return {
    id: `tolerate ${taintText(taint)}`,
    title: `Tolerate ${taintText(taint)}`,
    cost: 2,
    risk: riskOf(taint),
    edits: [add(declared, path('spec.tolerations'), toleration)],
  };
}

/** The control plane is kept free for a reason that concerns everybody. */
const riskOf = (taint: Taint) => (isControlPlane(taint) ? 5 : 2);

function removal(node: Node, taints: readonly Taint[]): Change {
  const name = node.metadata.name ?? '';
  const texts = taints.map(taintText);
  const left = (node.spec?.taints ?? []).filter((taint) => !taints.includes(taint));
  return {
    id: `untaint ${name} ${texts.join(' ')}`,
    title: `Remove the taint ${texts.join(' and ')} from ${name}`,
    cost: 3 * taints.length,
    risk: taints.some(isControlPlane) ? 6 : 3,
    edits: [],
    // what holds for one node of a kind holds for the next
    family: `untaint ${texts.join(' ')}`,
    cluster: {
      command: `kubectl taint nodes ${name} ${texts.map((text) => `${text}-`).join(' ')}`,
      objects: [{ ...node, spec: { ...node.spec, taints: left } } as Node],
    },
  };
}
