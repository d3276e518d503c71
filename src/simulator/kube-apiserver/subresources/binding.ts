// pods/binding: the scheduler gives a Pod its node (pkg/registry/core/pod/storage/storage.go, BindingREST, Kubernetes 1.36).
import { copyWith } from '../../../base/copy.ts';
import type { Binding, Pod, PodCondition } from '../../../api/object.ts';
import { badRequest, conflict, notFound } from '../../../api/status.ts';
import { withMetadata } from '../registry/object-meta.ts';
import type { Storage } from '../registry/storage.ts';
import { accepted, refused, type Answer, type WriteRequest } from '../request.ts';
import { mutatingAdmission } from '../stages/admission.ts';
import type { Store } from '../store.ts';
import { success } from './success.ts';

/** What stands against the Pod's being given a node. */
function hindrance({ metadata, spec }: Pod): string | undefined {
  const { name } = metadata;
  if (metadata.deletionTimestamp) return `pod ${name} is being deleted, cannot be assigned to a host`;
  if (spec?.nodeName) return `pod ${name} is already assigned to node "${spec.nodeName}"`;
  return spec?.schedulingGates?.length ? `pod ${name} has non-empty .spec.schedulingGates` : undefined;
}

/** Sets a condition in place of the one of its type; the time is that of the last change of its status. */
export function withCondition(pod: Pod, condition: PodCondition, timestamp: string): Pod {
  const conditions = pod.status?.conditions ?? [];
  const before = conditions.find(({ type }) => type === condition.type);
  const lastTransitionTime = before?.status === condition.status ? before.lastTransitionTime : timestamp;
  const current = copyWith(condition, { lastProbeTime: null, lastTransitionTime });
  const others = before ? conditions.map((item) => (item === before ? current : item)) : [...conditions, current];
  return copyWith(pod, { status: copyWith(pod.status, { conditions: others }) });
}

export function bind(store: Store, storage: Storage, request: WriteRequest, name: string): Answer {
  const refusal = mutatingAdmission(request, store);
  if (refusal) return refused(refusal);
  const { target, metadata } = request.object as Binding;
  if (metadata.name !== undefined && metadata.name !== name) {
    return refused(badRequest('name in URL does not match name in Binding object'));
  }
  const key = storage.key(request.namespace, name);
  const pod = store.etcd.get(key)?.value;
  if (!pod) return refused(notFound(storage.resource, name));
  const why = hindrance(pod);
  if (why) return refused(conflict({ group: '', plural: 'pods/binding' }, name, why));
  if (request.options.dryRun) return accepted(201, success);
  // What was nominated has served its purpose (ClearingNominatedNodeNameAfterBinding, on since 1.35).
  const { nominatedNodeName: _, ...status } = (pod as Pod).status ?? {};
  const bound = withCondition(
    copyWith(pod, { status }),
    { type: 'PodScheduled', status: 'True' },
    store.kernel.timestamp(),
  );
  const labels = metadata.labels && { labels: { ...pod.metadata.labels, ...metadata.labels } };
  const annotations = metadata.annotations && {
    annotations: { ...pod.metadata.annotations, ...metadata.annotations },
  };
  const assigned = copyWith(bound, { spec: copyWith(bound.spec, { nodeName: target.name }) }) as Pod;
  store.put(
    storage,
    key,
    labels || annotations ? withMetadata(assigned, { ...labels, ...annotations }) : assigned,
    request.actor,
  );
  return accepted(201, success);
}
