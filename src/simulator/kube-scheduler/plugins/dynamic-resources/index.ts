// DynamicResources: a Pod with ResourceClaims runs where devices for all of them can be allocated. Claims that have devices tie
// the Pod to the nodes that reach these; the others get devices here, and are told so before the Pod is bound
// (k8s.io/kubernetes/pkg/scheduler/framework/plugins/dynamicresources).
import { deviceClassesFor } from '../../framework/device-classes.ts';
import { defaultNormalizeScore } from '../../framework/normalize-score.ts';
import type { Binding, Plugin } from '../../framework/plugin.ts';
import { failed, skip, unresolvable, unschedulable } from '../../framework/status.ts';
import { bind, reserve, unreserve } from './claim-binding.ts';
import { deallocating, deleting, isFreeFor } from './claim-writes.ts';
import { extendedResourceClaim, isPlanned } from './extended-resources.ts';
import { filterNode } from './node-filter.ts';
import { allocatorFor, claimProblem } from './open-claims.ts';
import { claimsOf } from './pod-claims.ts';
import { preferenceScore } from './preference-score.ts';
import { nothingToDo, prepared } from './state.ts';
import { claimChanges } from './wake-up.ts';

export const dynamicResources: Plugin = {
  name: 'DynamicResources',

  preEnqueue(pod, listers) {
    const claims = claimsOf(pod, listers['resourceclaims.resource.k8s.io']);
    return typeof claims === 'string' ? unresolvable(claims) : undefined;
  },

  preFilter({ state, pod, snapshot }) {
    state.write(prepared, nothingToDo());
    const { listers, resourceClaims } = snapshot;
    const own = claimsOf(pod.pod, resourceClaims);
    if (typeof own === 'string') return unresolvable(own);
    const classes = deviceClassesFor(pod.requests, listers);
    const extended = classes.size > 0 ? extendedResourceClaim(pod.pod, resourceClaims) : undefined;
    const claims = extended ? [...own, extended] : [...own];
    if (claims.length === 0) return skip;
    const open = claims.filter(({ status }) => !status?.allocation);
    for (const claim of open) {
      const problem = claim === extended ? undefined : claimProblem(claim, snapshot);
      if (problem) return problem;
    }
    const allocator = open.length > 0 ? allocatorFor(snapshot) : undefined;
    state.write(prepared, { ...nothingToDo(), claims, extended, classes, allocator });
    return undefined;
  },

  filter({ state, pod, now }, node) {
    const found = state.read(prepared);
    return found ? filterNode(found, pod, node, now) : failed('not found');
  },

  /** Frees the devices of one claim that are out of reach of a node, if nobody else uses it: next time it may get others. */
  postFilter({ state, pod }, nodes) {
    const found = state.read(prepared);
    if (!found) return failed('not found');
    const { claims, extended, unavailable } = found;
    if (claims.length === 0) return unschedulable('no new claims to deallocate');
    // Every filter is asked about every node here; the real one only about nodes that those before let pass.
    const isAsked = (name: string) => nodes.get(name)?.plugin === 'DynamicResources';
    const [free] = [...unavailable].find(
      ([claim, names]) => claim !== extended && names.some(isAsked) && isFreeFor(claim, pod.pod),
    ) ?? [undefined];
    if (free) {
      return { ...unschedulable('deallocation of ResourceClaim completed'), effect: deallocating(free) };
    }
    if (extended && !isPlanned(extended)) {
      return { ...unschedulable('deletion of ResourceClaim completed'), effect: deleting(extended) };
    }
    return unschedulable('still not schedulable');
  },

  score({ state }, { name }) {
    const { claims = [], byNode } = state.read(prepared) ?? {};
    const found = byNode?.get(name);
    return found ? preferenceScore(claims, found.allocations) : 0;
  },

  normalizeScore(_, scores) {
    defaultNormalizeScore(scores, false);
  },

  reserve: (binding) => (hasClaims(binding) ? reserve(binding) : undefined),
  unreserve: (binding) => hasClaims(binding) && unreserve(binding),
  preBindPreFlight: hasClaims,
  preBind: bind,

  queueingHints: [
    { resource: 'Node', actions: ['Add', 'UpdateNodeLabel', 'UpdateNodeAllocatable'] },
    { resource: 'ResourceClaim', actions: ['Add', 'Update'], isWorthTrying: claimChanges },
    {
      resource: 'Pod',
      actions: ['UpdatePodGeneratedResourceClaim'],
      isWorthTrying: (pod, { after }) => after?.metadata.uid === pod.metadata.uid,
    },
    { resource: 'DeviceClass', actions: ['Add', 'Update'] },
    { resource: 'ResourceSlice', actions: ['Add', 'Update'] },
  ],

  unmodelled({ state }) {
    return [...(state.read(prepared)?.unmodelled ?? [])].map((reason) => ({ reason }));
  },
};

function hasClaims({ cycle }: Binding): boolean {
  return (cycle.state.read(prepared)?.claims.length ?? 0) > 0;
}
