// The claim that cannot be bound, is not there, or has its volume where the node is not.
import { refOf, type PersistentVolumeClaim, type Pod } from '../../api/object.ts';
import { claimClass } from '../../api/persistent-volume.ts';
import { finalKey } from '../subject.ts';
import { nearest } from '../suggest.ts';
import { isClassMissing, unboundText } from '../unbound-claim.ts';
import { firstBlame, otherSides, whyText, type Culprit, type Refusals } from './culprit.ts';

export function volumes(refusals: Refusals): Culprit {
  const { pod, reasons } = refusals;
  const text = reasons.join('\n');
  if (text.includes('unbound immediate')) return unbound(refusals);
  const [, claim] = /persistentvolumeclaim "([^"]+)"/.exec(text) ?? [];
  if (claim !== undefined && text.endsWith('not found')) {
    const meant = meantBy(claim, refusals);
    const remedy = meant
      ? `. There is a claim ${meant}: did you mean that?`
      : ': create it first, or correct its name.';
    return { path: pathOf(pod, claim), says: `The claim ${claim} is not there${remedy}`, related: [] };
  }
  const first = firstBlame(refusals);
  return {
    path: first?.path ?? pathOf(pod, claim),
    says: `${whyText(refusals)}. ${remedyOf(text)}`,
    related: otherSides(refusals),
  };
}

/** A claim that is there, and whose name is nearly the one that is not. */
const meantBy = (claim: string, { pod, inquiry }: Refusals) =>
  nearest(claim, inquiry?.namesOf('persistentvolumeclaims', pod.metadata.namespace) ?? []);

/** No node is to blame: the claim has no volume. Of claims that were there before the run nothing is known. */
function unbound({ pod, evidence }: Refusals): Culprit {
  const claims = (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim: source }) => {
    const key = { kind: 'PersistentVolumeClaim', name: source?.claimName ?? '', namespace: pod.metadata.namespace };
    const claim = source && (evidence?.final.get(finalKey(key)) as PersistentVolumeClaim | undefined);
    return claim && claim.status?.phase !== 'Bound' ? [claim] : [];
  });
  // one that has no class waits for nobody, whatever the others wait for
  const claim = claims.find((one) => claimClass(one) === '') ?? claims[0];
  if (!claim) {
    const says = 'A claim of the Pod waits for a volume: give it a StorageClass that makes one, or create one.';
    return { path: pathOf(pod, undefined), says, related: [] };
  }
  const name = claim.metadata.name ?? '';
  const complaints = evidence?.warnings.get(finalKey(refOf(claim))) ?? [];
  const lacksClass = complaints.some(({ message }) => isClassMissing(message));
  const path = claim.spec?.storageClassName === undefined ? 'spec' : 'spec.storageClassName';
  return {
    path: pathOf(pod, name),
    says: `The claim ${name} ${unboundText(claim, lacksClass)}`,
    related: [{ object: refOf(claim), path, note: 'has no volume' }],
  };
}

/** The claim that is named, else the first volume that has one. */
function pathOf({ spec }: Pod, claim: string | undefined): string {
  const all = spec?.volumes ?? [];
  const index = all.findIndex(({ persistentVolumeClaim: own }) => own && (!claim || own.claimName === claim));
  return index < 0 ? 'spec.volumes' : `spec.volumes[${index}].persistentVolumeClaim.claimName`;
}

function remedyOf(reasons: string): string {
  if (reasons.includes("PersistentVolume's node affinity") || reasons.includes('available volume zone'))
    return 'The volume is elsewhere: let the Pod go to where it is, or use another claim.';
  if (reasons.includes('max volume count')) return 'The node has as many volumes as it takes: add a node.';
  if (reasons.includes('volumes to bind'))
    return 'Let the Pod go to where there is one, create a volume there, or ask for another class.';
  if (reasons.includes('free storage')) return 'Ask for less, or for another class.';
  if (reasons.includes('already in-use') || reasons.includes('no available disk'))
    return 'Wait until that Pod is gone, or use a volume of its own.';
  return 'Look at the claims of the Pod and at the volumes that they are bound to.';
}
