// `kubectl describe deployment|replicaset|replicationcontroller`.
import {
  controllerOf,
  type Deployment,
  type Pod,
  type PodTemplateSpec,
  type ReplicaSet,
  type ReplicationController,
} from '../../../api/object.ts';
import { formatLabelSelector, podSelectorOf } from '../../../api/label-selector.ts';
import { deepEqual } from '../../../base/json.ts';
import { compareBytes } from '../../../base/order.ts';
import { longTime } from '../human-duration.ts';
import { selectorText } from '../printing/tables/cells.ts';
import { builtin, describer, writeController, writeLabels, writeName } from './describer.ts';
import { describePodTemplate, describeReasons, podCounts, selectedPods } from './pod-template.ts';

export const deploymentDescriber = describer<Deployment, readonly ReplicaSet[]>({
  *related(session, { metadata: { namespace = '' }, spec }) {
    const labelSelector = selectorText(spec?.selector);
    return yield* session.list<ReplicaSet>(builtin('replicasets.apps'), { namespace, labelSelector });
  },
  write(description, deployment, listed) {
    const { metadata, spec, status } = deployment;
    writeName(description, deployment);
    description.field('CreationTimestamp', longTime(metadata.creationTimestamp));
    writeLabels(description, deployment);
    description.field('Selector', selectorText(spec?.selector));
    const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, unavailableReplicas = 0 } = status ?? {};
    const counts = `${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available`;
    description.field('Replicas', `${spec?.replicas ?? 0} desired | ${counts} | ${unavailableReplicas} unavailable`);
    description.field('StrategyType', spec?.strategy?.type ?? '');
    description.field('MinReadySeconds', spec?.minReadySeconds ?? 0);
    const rolling = spec?.strategy?.rollingUpdate;
    if (rolling) {
      const { maxUnavailable = 0, maxSurge = 0 } = rolling;
      description.field('RollingUpdateStrategy', `${maxUnavailable} max unavailable, ${maxSurge} max surge`);
    }
    describePodTemplate(description, spec?.template);
    describeReasons(description, status?.conditions);
    const own = listed.filter((replicaSet) => controllerOf(replicaSet)?.uid === metadata.uid).sort(byCreation);
    if (own.length === 0) return;
    const current = own.find((replicaSet) => sameTemplate(replicaSet.spec?.template, spec?.template));
    const old = own.filter((replicaSet) => replicaSet !== current);
    description.field('OldReplicaSets', replicaSetsText(old));
    description.field('NewReplicaSet', replicaSetsText(current ? [current] : []));
  },
});

/** Oldest first; of the same age, by name. */
export function byCreation({ metadata: a }: ReplicaSet, { metadata: b }: ReplicaSet): number {
  const byAge = compareBytes(a.creationTimestamp ?? '', b.creationTimestamp ?? '');
  return byAge || compareBytes(a.name ?? '', b.name ?? '');
}

/** EqualIgnoreHash: the templates are the same but for the label that tells them apart. */
export function sameTemplate(a: PodTemplateSpec | undefined, b: PodTemplateSpec | undefined): boolean {
  return deepEqual(withoutHash(a), withoutHash(b));
}

function withoutHash(template: PodTemplateSpec = {}): PodTemplateSpec {
  const { 'pod-template-hash': _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

function replicaSetsText(replicaSets: readonly ReplicaSet[]): string {
  const texts = replicaSets.map(({ metadata, spec, status }) => {
    const created = `${status?.replicas ?? 0}/${spec?.replicas ?? 0} replicas created`;
    return `${metadata.name} (${created})`;
  });
  return texts.join(', ') || '<none>';
}

export const replicaSetDescriber = describer<ReplicaSet | ReplicationController, readonly Pod[]>({
  related: (session, replicaSet) => selectedPods(session, replicaSet, podSelectorOf(replicaSet)),
  write(description, replicaSet, pods) {
    const { spec, status } = replicaSet;
    writeName(description, replicaSet);
    description.field('Selector', formatLabelSelector(podSelectorOf(replicaSet)));
    writeLabels(description, replicaSet);
    writeController(description, replicaSet);
    description.field('Replicas', `${status?.replicas ?? 0} current / ${spec?.replicas ?? 0} desired`);
    description.field('Pods Status', podCounts(replicaSet, pods));
    describePodTemplate(description, spec?.template);
    describeReasons(description, status?.conditions);
  },
});
