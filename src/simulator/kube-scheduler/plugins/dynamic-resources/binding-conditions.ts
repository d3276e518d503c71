// Devices that have to be made ready before a Pod can be bound to them: their driver says so by conditions in the claim's status
// (k8s.io/kubernetes/pkg/scheduler/framework/plugins/dynamicresources: isClaimReadyForBinding, isClaimTimeout, PreBind).
import { keyOf, type ResourceResourceClaim } from '../../../../api/object.ts';
import { parseTime } from '../../../kernel/time.ts';
import type { Binding, WaitingFor } from '../../framework/plugin.ts';
import { failed, type Status } from '../../framework/status.ts';

/** How often is looked whether all are ready, and for how long (bindingTimeout). Virtual milliseconds. */
const pollInterval = 5000;
const bindingTimeout = 600_000;

const resultsOf = ({ status }: ResourceResourceClaim) => status?.allocation?.devices?.results ?? [];

/** Whether the claim's devices can be bound to: `failed` says which one never will. */
export function readinessOf(claim: ResourceResourceClaim): 'ready' | 'waiting' | { readonly failed: string } {
  for (const { driver, pool, device, bindingConditions = [], bindingFailureConditions = [] } of resultsOf(claim)) {
    if (bindingConditions.length === 0) continue;
    const told = claim.status?.devices?.find(
      (one) => one.driver === driver && one.pool === pool && one.device === device,
    );
    if (!told) return 'waiting';
    const trueOne = (wanted: string) =>
      told.conditions.find(({ type, status }) => type === wanted && status === 'True');
    for (const wanted of bindingFailureConditions) {
      const failure = trueOne(wanted);
      if (!failure) continue;
      const why = `reason=${failure.reason}, message=${JSON.stringify(failure.message)}`;
      return { failed: `device binding failed: claim=${claim.metadata.name}, ${why}` };
    }
    if (!bindingConditions.every(trueOne)) return 'waiting';
  }
  return 'ready';
}

/** Whether the devices were given so long ago that they are not waited for any longer. `now` in virtual milliseconds. */
export function isTimedOut(claim: ResourceResourceClaim, now: number): boolean {
  const since = parseTime(claim.status?.allocation?.allocationTimestamp ?? '');
  if (since === undefined || since + bindingTimeout >= now) return false;
  return resultsOf(claim).some(({ bindingConditions }) => bindingConditions !== undefined);
}

/** Waits for the devices of the claims; a failure if one of them will not come. */
export function* awaitDevices(
  binding: Binding,
  claims: readonly ResourceResourceClaim[],
): WaitingFor<Status | undefined> {
  const isConcerned = (claim: ResourceResourceClaim) =>
    resultsOf(claim).some(({ bindingConditions = [] }) => bindingConditions.length > 0);
  if (!claims.some(isConcerned)) return undefined;
  binding.announce('BindingConditionsPending', `waiting for binding conditions for device on node ${binding.nodeName}`);
  for (let waited = 0; waited < bindingTimeout; waited += pollInterval) {
    const look = lookAt(binding, claims);
    if (look === 'ready') return undefined;
    if (look !== 'waiting') return failed(look.failed);
    yield pollInterval;
  }
  return failed('device binding timeout: context deadline exceeded');
}

/** isPodReadyForBinding: the claims as the scheduler knows them now. */
function lookAt(
  { cycle, timestamp }: Binding,
  claims: readonly ResourceResourceClaim[],
): ReturnType<typeof readinessOf> {
  for (const { metadata } of claims) {
    const key = keyOf({ metadata });
    const claim = cycle.snapshot.resourceClaims.get(key);
    if (!claim) return { failed: `could not find ResourceClaim "${key}"` };
    const readiness = claim.status?.allocation ? readinessOf(claim) : 'waiting';
    if (readiness === 'ready') continue;
    if (readiness === 'waiting' && isTimedOut(claim, parseTime(timestamp()) ?? 0)) {
      return { failed: `device binding timeout: claim=${metadata.name}` };
    }
    return readiness;
  }
  return 'ready';
}
