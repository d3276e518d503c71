// The taints that the Pod does not tolerate, and the toleration that nearly does it.
import type { Node } from '../../api/object.ts';
import { listed, otherSides, type Culprit, type Refusals } from './culprit.ts';

/** A taint by which kubeadm keeps ordinary Pods from the control plane. */
const isOfControlPlane = (taint: string) => taint.startsWith('node-role.kubernetes.io/');

export function taints(refusals: Refusals): Culprit {
  const groups = new Map<string, Node[]>();
  let nearly: { path: string; says: string } | undefined;
  for (const node of refusals.nodes) {
    const [first] = refusals.blame(node);
    const [, taint = '', missing] = /^has the taint (\S+?)(?:, where (.*))?$/.exec(first?.says ?? '') ?? [];
    if (!first || !taint) continue;
    if (missing) nearly ??= { path: first.path, says: ` ${missing.charAt(0).toUpperCase()}${missing.slice(1)}.` };
    const group = groups.get(taint);
    if (group) group.push(node);
    else groups.set(taint, [node]);
  }
  const unusual = [...groups].filter(([taint]) => !isOfControlPlane(taint));
  const shown = unusual.length ? unusual : [...groups];
  const texts = shown.map(([taint, own]) => `${listed(own)} ${own.length === 1 ? 'has' : 'have'} the taint ${taint}`);
  const remedy = nearly
    ? `${nearly.says} Correct the toleration, or remove the taint.`
    : ' Add a toleration, or remove the taint.';
  return {
    path: nearly?.path ?? 'spec.tolerations',
    says: `${texts.join('; ')}: the Pod does not tolerate ${shown.length === 1 ? 'it' : 'them'}.${remedy}`,
    related: otherSides(refusals),
    isUsual: unusual.length === 0,
  };
}
