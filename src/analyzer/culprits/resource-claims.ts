// The claim on devices that no node can satisfy.
import { refOf, type Pod, type ResourceResourceClaim } from '../../api/object.ts';
import { finalKey } from '../subject.ts';
import { nearest } from '../suggest.ts';
import { firstBlame, otherSides, whyText, type Culprit, type Refusals } from './culprit.ts';

export function resourceClaims(refusals: Refusals): Culprit {
  const [, missing] = /device class (\S+) does not exist/.exec(refusals.reasons.join('\n')) ?? [];
  if (missing !== undefined) return classMissing(missing, refusals);
  const broken = /claim \S+?\/(\S+): selector #(\d+): (CEL .*?)(?:\n|$)/.exec(refusals.reasons.join('\n'));
  if (broken) return selectorBroken(broken[1] ?? '', Number(broken[2]), broken[3] ?? '', refusals);
  const first = firstBlame(refusals);
  return {
    path: first?.path ?? 'spec.resourceClaims',
    says: `${whyText(refusals)}. Ask for devices that a node offers.`,
    related: otherSides(refusals),
  };
}

/** The expression of a claim that cannot be evaluated for a device. */
function selectorBroken(name: string, index: number, error: string, { pod, evidence }: Refusals): Culprit {
  const { namespace } = pod.metadata;
  const claim = evidence?.final.get(finalKey({ kind: 'ResourceClaim', name, namespace }));
  const requests = (claim as ResourceResourceClaim | undefined)?.spec.devices.requests ?? [];
  const at = requests.findIndex(({ exactly }) => exactly?.selectors?.[index]);
  const path = `spec.devices.requests[${at}].exactly.selectors[${index}].cel.expression`;
  const named = (pod.spec?.resourceClaims ?? []).findIndex(({ resourceClaimName }) => resourceClaimName === name);
  return {
    path: named < 0 ? 'spec.resourceClaims' : `spec.resourceClaims[${named}].resourceClaimName`,
    says: `The expression of selector ${index} of the claim ${name} cannot be evaluated for a device that there is (${error}): correct it, or let it ask first whether the attribute is there.`,
    related: claim && at >= 0 ? [{ object: refOf(claim), path, note: error }] : [],
  };
}

/** No node is to blame: a request of a claim asks for a DeviceClass that is not there. */
function classMissing(missing: string, refusals: Refusals): Culprit {
  const { pod, evidence, inquiry } = refusals;
  const meant = nearest(missing, inquiry?.namesOf('deviceclasses.resource.k8s.io') ?? []);
  const remedy = meant
    ? `There is a DeviceClass ${meant}: did you mean that?`
    : `Create the DeviceClass ${missing} (a driver’s installation brings it along), or correct its name.`;
  return {
    path: 'spec.resourceClaims',
    ...placeOf(missing, pod, evidence),
    says: `${refusals.reasons.join(', ')}. ${remedy}`,
  };
}

/** Where the Pod names the claim that asks for the class, and where the claim does. */
function placeOf(
  deviceClass: string,
  pod: Pod,
  evidence: Refusals['evidence'],
): Pick<Culprit, 'related'> & { path?: string } {
  const { namespace } = pod.metadata;
  for (const [i, { resourceClaimName: name = '' }] of (pod.spec?.resourceClaims ?? []).entries()) {
    const claim = evidence?.final.get(finalKey({ kind: 'ResourceClaim', name, namespace }));
    const requests = (claim as ResourceResourceClaim | undefined)?.spec.devices.requests ?? [];
    const at = requests.findIndex(({ exactly }) => exactly?.deviceClassName === deviceClass);
    if (!claim || at < 0) continue;
    const note = 'asks for a class that is not there';
    const path = `spec.devices.requests[${at}].exactly.deviceClassName`;
    return { path: `spec.resourceClaims[${i}].resourceClaimName`, related: [{ object: refOf(claim), path, note }] };
  }
  return { related: [] };
}
