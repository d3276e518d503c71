// Claims that have no devices yet: what finds some, and why one cannot get any.
import type { ResourceResourceClaim } from '../../../../api/object.ts';
import type { Listers, Snapshot } from '../../framework/snapshot.ts';
import { failed, unresolvable, type Status } from '../../framework/status.ts';
import { allocatedDevices } from './allocated-devices.ts';
import { Allocator } from './allocator.ts';
import { asksOf, claimText, requestsOf } from './device-request.ts';

/** What finds devices for claims that have none. */
export function allocatorFor({ listers, resourceClaims }: Snapshot): Allocator {
  return new Allocator(
    allocatedDevices([...resourceClaims.values(), ...resourceClaims.pending]),
    listers['deviceclasses.resource.k8s.io'],
    listers['resourceslices.resource.k8s.io'].values(),
  );
}

/** Why a claim without devices cannot get any: another Pod is getting them just now, or what it asks for does not exist. */
export function claimProblem(claim: ResourceResourceClaim, { listers, resourceClaims }: Snapshot): Status | undefined {
  if (resourceClaims.isPending(claim)) {
    return unresolvable(`resource claim ${claimText(claim)} is in the process of being allocated`);
  }
  return requestProblem(claim, listers);
}

function requestProblem(claim: ResourceResourceClaim, listers: Listers): Status | undefined {
  for (const request of requestsOf(claim)) {
    const asks = asksOf(request);
    if (asks.length === 0) {
      return unresolvable(`resource claim ${claimText(claim)}, request ${request.name}: unknown request type`);
    }
    for (const { fullName, deviceClassName } of asks) {
      if (!deviceClassName) return failed(`request ${fullName}: unsupported request type`);
      if (listers['deviceclasses.resource.k8s.io'].get(deviceClassName)) continue;
      return unresolvable(`request ${fullName}: device class ${deviceClassName} does not exist`);
    }
  }
  return undefined;
}
