// Two lists of tolerations as one, without those that another one covers (pkg/util/tolerations, MergeTolerations, Kubernetes 1.36).
import type { Toleration } from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';

/** Whether everything that `t` tolerates is tolerated by `wider`. */
function covers(wider: Toleration, t: Toleration): boolean {
  if (deepEqual(wider, t)) return true;
  if ((t.key ?? '') !== (wider.key ?? '') && (wider.key || wider.operator !== 'Exists')) return false;
  if (wider.effect && t.effect !== wider.effect) return false;
  if (wider.effect === 'NoExecute' && wider.tolerationSeconds !== undefined) {
    if (t.tolerationSeconds === undefined || t.tolerationSeconds > wider.tolerationSeconds) return false;
  }
  if (wider.operator === 'Exists') return true;
  return (wider.operator || 'Equal') === 'Equal' && t.operator === 'Equal' && (t.value ?? '') === (wider.value ?? '');
}

export function mergeTolerations(first: readonly Toleration[], second: readonly Toleration[]): readonly Toleration[] {
  const all = [...first, ...second];
  const merged: Toleration[] = [];
  for (const [i, toleration] of all.entries()) {
    // Of equal ones the first stays.
    const later = all.slice(i + 1).some((other) => !deepEqual(other, toleration) && covers(other, toleration));
    if (!later && !merged.some((other) => covers(other, toleration))) merged.push(toleration);
  }
  return merged;
}
