// What the plugin remembers of a Pod from one extension point to the next.
import type {
  AllocationResult,
  ContainerExtendedResourceRequest,
  DeviceClass,
  ResourceResourceClaim,
} from '../../../../api/object.ts';
import { stateKey } from '../../framework/cycle-state.ts';
import type { ClaimAllocation } from './allocation.ts';
import type { Allocator } from './allocator.ts';

/** What was found on a node that fits. */
export interface NodeAllocation {
  /** In the order of the Pod's claims that have no devices yet. */
  readonly allocations: readonly ClaimAllocation[];
  /** The claim for extended resources as this node would serve it. */
  readonly extended: ResourceResourceClaim | undefined;
  readonly mappings: readonly ContainerExtendedResourceRequest[];
}

export interface State {
  /** The Pod's claims as far as known; the one for its extended resources comes last. */
  readonly claims: ResourceResourceClaim[];
  readonly extended: ResourceResourceClaim | undefined;
  /** The resources that `extended` may be needed for. */
  readonly classes: ReadonlyMap<string, DeviceClass>;
  /** Absent: all claims have their devices. */
  readonly allocator: Allocator | undefined;
  /** Claims with devices out of reach of some node, and the nodes. */
  readonly unavailable: Map<ResourceResourceClaim, string[]>;
  readonly byNode: Map<string, NodeAllocation>;
  /** What Reserve promised, by the place in `claims`. */
  readonly promised: Map<number, AllocationResult>;
  readonly unmodelled: Set<string>;
}

/** Written by PreFilter even for Pods without claims: PostFilter fails if the chain ended before it came here. */
export const prepared = stateKey<State>('DynamicResources');

export const nothingToDo = (): State => ({
  claims: [],
  extended: undefined,
  classes: new Map(),
  allocator: undefined,
  unavailable: new Map(),
  byNode: new Map(),
  promised: new Map(),
  unmodelled: new Set(),
});
