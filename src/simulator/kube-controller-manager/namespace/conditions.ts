// What a namespace that is to go says of what is left in it
// (k8s.io/kubernetes/pkg/controller/namespace/deletion/status_condition_utils.go, v1.36).
import type { NamespaceCondition } from '../../../api/object.ts';
import { compareBytes } from '../../../base/order.ts';

/** What a look at the namespace's content has brought. */
export interface Content {
  /** How many objects are left of which resource, as `pods.` or `deployments.apps`. */
  readonly remaining: ReadonlyMap<string, number>;
  /** On which finalizers how many of them wait. */
  readonly finalizers: ReadonlyMap<string, number>;
  readonly errors: readonly string[];
}

type Says = readonly [reason: string, message: string];

/** By type: what is said while there is nothing to complain about. */
const fine: Readonly<Record<string, Says>> = {
  NamespaceDeletionDiscoveryFailure: ['ResourcesDiscovered', 'All resources successfully discovered'],
  NamespaceDeletionGroupVersionParsingFailure: ['ParsedGroupVersions', 'All legacy kube types successfully parsed'],
  NamespaceDeletionContentFailure: [
    'ContentDeleted',
    'All content successfully deleted, may be waiting on finalization',
  ],
  NamespaceContentRemaining: ['ContentRemoved', 'All content successfully removed'],
  NamespaceFinalizersRemaining: ['ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
};

/** The conditions with what is new in them; the very same list if nothing is. `whole`: every resource was looked at. */
export function namespaceConditions(
  known: readonly NamespaceCondition[],
  content: Content,
  whole: boolean,
  time: string,
): readonly NamespaceCondition[] {
  const complaints = complaintsAbout(content, whole);
  let conditions = known;
  for (const [type, otherwise] of Object.entries(fine)) {
    const complaint = complaints[type];
    const [reason, message] = complaint ?? otherwise;
    const status = complaint ? 'True' : 'False';
    const old = conditions.find((one) => one.type === type);
    if (old?.status === status && old.reason === reason && old.message === message) continue;
    const lastTransitionTime = old?.status === status ? old.lastTransitionTime : time;
    const condition: NamespaceCondition = { type, status, lastTransitionTime, reason, message };
    conditions = old ? conditions.map((one) => (one === old ? condition : one)) : [...conditions, condition];
  }
  return conditions;
}

function complaintsAbout({ remaining, finalizers, errors }: Content, whole: boolean): Record<string, Says> {
  const complaints: Record<string, Says> = {};
  if (errors.length > 0) {
    const message = `Failed to delete all resource types, ${errors.length} remaining: ${sorted(errors)}`;
    complaints['NamespaceDeletionContentFailure'] = ['ContentDeletionFailed', message];
  }
  if (!whole) return complaints;
  if (remaining.size > 0) {
    const left = sorted([...remaining].map(([resource, count]) => `${resource} has ${count} resource instances`));
    complaints['NamespaceContentRemaining'] = ['SomeResourcesRemain', `Some resources are remaining: ${left}`];
  }
  if (finalizers.size > 0) {
    const left = sorted([...finalizers].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`));
    const message = `Some content in the namespace has finalizers remaining: ${left}`;
    complaints['NamespaceFinalizersRemaining'] = ['SomeFinalizersRemain', message];
  }
  return complaints;
}

const sorted = (texts: readonly string[]) => [...texts].sort(compareBytes).join(', ');
