// pods/eviction: a deletion that asks the PodDisruptionBudgets first (pkg/registry/core/pod/storage/eviction.go, Kubernetes 1.36).
import { disruptionAllowed, uncounted, withDisruptionAllowed } from '../../../api/disruption-budget.ts';
import { matchesLabelSelector } from '../../../api/label-selector.ts';
import type { Pod, PodDisruptionBudget as Budget, PodDisruptionBudgetStatus as Status } from '../../../api/object.ts';
import { isTerminalPhase } from '../../../api/pod-phase.ts';
import { failure, forbidden, notFound, type ApiStatus } from '../../../api/status.ts';
import { isObject } from '../../../base/json.ts';
import type { Storage } from '../registry/storage.ts';
import { accepted, refused, type Answer, type WriteRequest } from '../request.ts';
import { serverName } from '../server-name.ts';
import type { Store } from '../store.ts';
import { remove } from '../verbs/delete.ts';
import { withCondition } from './binding.ts';
import { success } from './success.ts';

const budgets = 'poddisruptionbudgets.policy';
/** As refusals of a budget name its kind: in the singular. */
const budgetKind = { group: 'policy', plural: 'poddisruptionbudget' };
/** Evictions that may be granted before the budget's controller has seen the Pods go (MaxDisruptedPodSize). */
const mostDisrupted = 2000;
const severalBudgets = failure(
  500,
  '',
  'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
);

/** Pods that do no work, or none for long: no budget is asked about them (canIgnorePDB). */
function isOutOfService({ metadata, status }: Pod): boolean {
  return Boolean(metadata.deletionTimestamp) || status?.phase === 'Pending' || isTerminalPhase(status?.phase);
}

/** Asks the budget that selects the Pod, and takes the eviction off what it allows; a refusal if it allows none. */
function askBudget(store: Store, pod: Pod, { options }: WriteRequest): ApiStatus | undefined {
  const { namespace, labels } = pod.metadata;
  const [budget, another] = store.reader
    .list<Budget>(budgets, namespace)
    .filter(({ spec }) => matchesLabelSelector(spec?.selector, labels));
  if (!budget) return undefined;
  if (another) return severalBudgets;
  const { status = uncounted, spec, metadata } = budget;
  const { currentHealthy, desiredHealthy, disruptionsAllowed, observedGeneration = 0, disruptedPods = {} } = status;
  const isReady = pod.status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True');
  const mayGoUnready =
    spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow' || (currentHealthy >= desiredHealthy && desiredHealthy > 0);
  if (!isReady && mayGoUnready) return undefined;
  const { name = '', generation = 0 } = metadata;
  if (observedGeneration < generation) {
    return tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
  }
  if (disruptionsAllowed < 0) return forbidden(budgetKind, name, 'pdb disruptions allowed is negative');
  if (Object.keys(disruptedPods).length > mostDisrupted) {
    return forbidden(
      budgetKind,
      name,
      'DisruptedPods map too big - too many evictions not confirmed by PDB controller',
    );
  }
  if (disruptionsAllowed === 0) return tooMany(whyNone(name, status));
  if (options.dryRun) return undefined;
  const now = store.kernel.timestamp();
  const left: Status = {
    ...status,
    disruptionsAllowed: disruptionsAllowed - 1,
    disruptedPods: { ...disruptedPods, [pod.metadata.name ?? '']: now },
  };
  const storage = store.storage(budgets);
  const counted = { ...budget, status: disruptionsAllowed === 1 ? withDisruptionAllowed(left, now) : left };
  store.put(storage, storage.key(namespace, name), counted, serverName);
  return undefined;
}

/** What a budget that allows no disruption says of it. */
function whyNone(name: string, status: Status): string {
  const { currentHealthy, desiredHealthy } = status;
  const condition = disruptionAllowed(status);
  const says = condition?.status === 'False' ? condition.message : '';
  const notNow = `The disruption budget ${name} does not allow evicting pods currently`;
  if (says && condition?.reason === 'SyncFailed') return `${notNow} because it failed sync: ${says}`;
  if (currentHealthy <= desiredHealthy) {
    return `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  }
  return says ? `${notNow} (${condition?.reason}): ${says}` : notNow;
}

function tooMany(message: string, retryAfterSeconds?: number): ApiStatus {
  return failure(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
    causes: [{ reason: 'DisruptionBudget', message }],
    ...(retryAfterSeconds && { retryAfterSeconds }),
  });
}

export function evict(store: Store, storage: Storage, request: WriteRequest, name: string): Answer {
  const { namespace, actor, user, object } = request;
  const key = storage.key(namespace, name);
  const pod: Pod | undefined = store.etcd.get(key)?.value;
  if (!pod) return refused(notFound(storage.resource, name));
  const refusal = isOutOfService(pod) ? undefined : askBudget(store, pod, request);
  if (refusal) return refused(refusal);
  if (request.options.dryRun) return accepted(201, success);
  const { deleteOptions } = object as { deleteOptions?: unknown };
  const options = isObject(deleteOptions) ? deleteOptions : {};
  if (!pod.metadata.deletionTimestamp && pod.spec?.nodeName) {
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'EvictionByEvictionAPI',
      message: 'Eviction API: evicting',
    };
    store.put(storage, key, withCondition(pod, condition, store.kernel.timestamp()), actor);
  }
  const removed = remove(store, storage, { namespace, name, options, actor, user });
  return removed.status ? removed : accepted(201, success);
}
