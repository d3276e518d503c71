// Changes of the cluster that can make a Pod schedulable, in the scheduler's own terms (framework.ClusterEvent): which
// resource, what happened to it. Plugins say which of them can lift their refusal.
import type { KubeObject, Node, Pod } from '../../../api/object.ts';
import { compareQuantities } from '../../../api/quantity.ts';
import { deepEqual } from '../../../base/json.ts';
import { isGrantedOtherwise, podRequests } from './pod-requests.ts';

/** `AssignedPod` is a Pod on a node, `UnschedulablePod` one in the queue; plugins that ask for `Pod` get both. */
export type EventResource =
  | 'Node'
  | 'AssignedPod'
  | 'UnschedulablePod'
  | 'PersistentVolume'
  | 'PersistentVolumeClaim'
  | 'StorageClass'
  | 'CSINode'
  | 'CSIDriver'
  | 'CSIStorageCapacity'
  | 'VolumeAttachment'
  | 'ResourceClaim'
  | 'DeviceClass'
  | 'ResourceSlice';

export type EventAction =
  | 'Add'
  | 'Delete'
  | 'UpdateNodeAllocatable'
  | 'UpdateNodeLabel'
  | 'UpdateNodeTaint'
  | 'UpdateNodeCondition'
  | 'UpdateNodeAnnotation'
  | 'UpdateNodeDeclaredFeature'
  | 'UpdatePodLabel'
  | 'UpdatePodScaleDown'
  | 'UpdatePodToleration'
  | 'UpdatePodSchedulingGatesEliminated'
  | 'UpdatePodGeneratedResourceClaim'
  | 'Update';

export interface ClusterEvent<T extends KubeObject = KubeObject> {
  readonly resource: EventResource;
  readonly action: EventAction;
  readonly before?: T;
  readonly after?: T;
}

/** ClusterEvent.Label: `NodeAdd`, `AssignedPodDelete`. */
export function eventLabel({ resource, action }: ClusterEvent): string {
  return `${resource}${action}`;
}

/** NodeSchedulingPropertiesChange: what of a node changed that matters for scheduling. */
export function nodeChanges(before: Node, after: Node): readonly EventAction[] {
  const actions: EventAction[] = [];
  if (before.spec?.unschedulable && !after.spec?.unschedulable) actions.push('UpdateNodeTaint');
  if (!deepEqual(before.status?.allocatable, after.status?.allocatable)) actions.push('UpdateNodeAllocatable');
  if (!deepEqual(before.metadata.labels, after.metadata.labels)) actions.push('UpdateNodeLabel');
  if (!deepEqual(before.spec?.taints, after.spec?.taints)) actions.push('UpdateNodeTaint');
  if (!deepEqual(conditionsOf(before), conditionsOf(after))) actions.push('UpdateNodeCondition');
  if (!deepEqual(before.metadata.annotations, after.metadata.annotations)) actions.push('UpdateNodeAnnotation');
  if (!deepEqual(before.status?.declaredFeatures, after.status?.declaredFeatures)) {
    actions.push('UpdateNodeDeclaredFeature');
  }
  return actions;
}

const conditionsOf = (node: Node) =>
  Object.fromEntries((node.status?.conditions ?? []).map(({ type, status }) => [type, status]));

/** PodSchedulingPropertiesChange: what of a Pod changed; `Update` if nothing that any plugin has a name for. */
export function podChanges(before: Pod, after: Pod): readonly EventAction[] {
  const actions: EventAction[] = [];
  if (!deepEqual(before.metadata.labels, after.metadata.labels)) actions.push('UpdatePodLabel');
  if (isScaledDown(before, after)) actions.push('UpdatePodScaleDown');
  if (before.spec?.schedulingGates?.length && !after.spec?.schedulingGates?.length) {
    actions.push('UpdatePodSchedulingGatesEliminated');
  }
  if (before.spec?.tolerations?.length !== after.spec?.tolerations?.length) actions.push('UpdatePodToleration');
  if (!deepEqual(before.status?.resourceClaimStatuses, after.status?.resourceClaimStatuses)) {
    actions.push('UpdatePodGeneratedResourceClaim');
  }
  return actions.length > 0 ? actions : ['Update'];
}

function isScaledDown(before: Pod, after: Pod): boolean {
  if (before.spec === after.spec && !isGrantedOtherwise(before) && !isGrantedOtherwise(after)) return false;
  const now = podRequests(after);
  return [...podRequests(before)].some(([name, amount]) => {
    const left = now.get(name);
    return !left || compareQuantities(amount, left) > 0;
  });
}
