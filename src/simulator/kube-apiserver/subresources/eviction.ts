// pods/eviction: a deletion that asks the PodDisruptionBudgets first (pkg/registry/core/pod/storage/eviction.go, Kubernetes 1.36).
import type { Pod, PodDisruptionBudget } from '../../../api/object.ts';
import { refOf } from '../../../api/object.ts';
import { matchesLabelSelector } from '../../../api/label-selector.ts';
import { notFound } from '../../../api/status.ts';
import { isObject } from '../../../base/json.ts';
import type { Storage } from '../registry/storage.ts';
import { accepted, refused, type Answer, type WriteRequest } from '../request.ts';
import { serverName } from '../server-name.ts';
import type { Store } from '../store.ts';
import { remove } from '../verbs/delete.ts';
import { withCondition } from './binding.ts';
import { success } from './success.ts';

/** Budgets are not modelled: where one selects the Pod, whether the eviction would be allowed is unknown. */
function noteBudgets(store: Store, pod: Pod): void {
  const { namespace, labels } = pod.metadata;
  for (const budget of store.reader.list<PodDisruptionBudget>('poddisruptionbudgets.policy', namespace)) {
    if (!matchesLabelSelector(budget.spec?.selector, labels)) continue;
    const reason = `PodDisruptionBudget ${budget.metadata.name} is asked about the eviction, which is not modelled`;
    store.kernel.record(serverName, serverName, { type: 'unknown', subject: refOf(pod), reason });
  }
}

export function evict(store: Store, storage: Storage, request: WriteRequest, name: string): Answer {
  const { namespace, actor, user, object } = request;
  const key = storage.key(namespace, name);
  const pod: Pod | undefined = store.etcd.get(key)?.value;
  if (!pod) return refused(notFound(storage.resource, name));
  if (request.options.dryRun) return accepted(201, success);
  const { deleteOptions } = object as { deleteOptions?: unknown };
  const options = isObject(deleteOptions) ? deleteOptions : {};
  if (!pod.metadata.deletionTimestamp && pod.spec?.nodeName) {
    noteBudgets(store, pod);
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
