// The claim that cannot be bound, is not there, or has its volume where the node is not.
import type { Pod } from '../../api/object.ts';
import { listed, type Culprit, type Refusals } from './culprit.ts';

export function volumes({ pod, nodes, reasons }: Refusals): Culprit {
  const [, claim] = /persistentvolumeclaim "([^"]+)"/.exec(reasons.join('\n')) ?? [];
  return {
    path: pathOf(pod, claim),
    says: `${listed(nodes)}: ${reasons.join(', ')}. ${remedyOf(reasons.join('\n'), claim)}`,
    related: [],
  };
}

/** The claim that is named, else the first volume that has one. */
function pathOf({ spec }: Pod, claim: string | undefined): string {
  const all = spec?.volumes ?? [];
  const index = all.findIndex(({ persistentVolumeClaim: own }) => own && (!claim || own.claimName === claim));
  return index < 0 ? 'spec.volumes' : `spec.volumes[${index}].persistentVolumeClaim.claimName`;
}

function remedyOf(reasons: string, claim: string | undefined): string {
  if (reasons.includes('not found'))
    return `Create the claim ${claim ?? ''} first, or correct its name.`.replace('  ', ' ');
  if (reasons.includes('unbound immediate'))
    return 'The claim waits for a volume: give it a StorageClass that makes one, or create one.';
  if (reasons.includes('node affinity conflict'))
    return 'The volume is elsewhere: let the Pod go to where it is, or use another claim.';
  if (reasons.includes('max volume count')) return 'The node has as many volumes as it takes: add a node.';
  return 'Look at the claims of the Pod and at the volumes that they are bound to.';
}
