// The taints that the Pod does not tolerate, and the toleration that nearly does it.
import type { Node } from '../../api/object.ts';
import { nearest } from '../suggest.ts';
import { listed, otherSides, type Culprit, type Refusals } from './culprit.ts';

/** A taint by which kubeadm keeps ordinary Pods from the control plane. */
const isOfControlPlane = (taint: string) => taint.startsWith('node-role.kubernetes.io/');

/** Whether ordinary Pods are kept from the node: that they do not tolerate it is as it should be. */
export const isKeptFree = ({ spec }: Node) => spec?.taints?.some(({ key }) => isOfControlPlane(key)) ?? false;

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
  nearly ??= shown.map(([taint]) => keyMeant(taint, refusals)).find((one) => one !== undefined);
  const texts = shown.map(([taint, own]) => `${listed(own)} ${own.length === 1 ? 'has' : 'have'} the taint ${taint}`);
  const remedy = nearly
    ? `${nearly.says} Correct the toleration, or remove the taint.`
    : ' Add a toleration, or remove the taint.';
  return {
    path: nearly?.path ?? 'spec.tolerations',
    says: `${texts.join('; ')}: the Pod does not tolerate ${shown.length === 1 ? 'it' : 'them'}.${remedy}`,
    ...(!nearly && { brief: `${texts.join('; ')}, not tolerated.` }),
    related: otherSides(refusals),
    isUsual: unusual.length === 0,
    told: shown.flatMap(([, own]) => own),
  };
}

/** A toleration of a key that is nearly that of the taint. */
function keyMeant(taint: string, { pod }: Refusals): { path: string; says: string } | undefined {
  const [key = ''] = taint.split(/[=:]/);
  const tolerations = pod.spec?.tolerations ?? [];
  const index = tolerations.findIndex((own) => own.key && own.key !== key && nearest(own.key, [key]) !== undefined);
  if (index < 0) return undefined;
  return {
    path: `spec.tolerations[${index}].key`,
    says: ` The Pod tolerates the key ${tolerations[index]?.key}: did you mean ${key}?`,
  };
}
