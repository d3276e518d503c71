// Pods (pkg/registry/core/pod/strategy.go, Kubernetes 1.36).
import { copyWith } from '../../../../base/copy.ts';
import { isTerminalPhase } from '../../../../api/pod-phase.ts';
import type { Pod, PodCondition, PodSpec } from '../../../../api/object.ts';
import { withMetadata, withoutMetadata } from '../object-meta.ts';
import { keepSpec, specChanged, withStatus } from '../generic.ts';
import type { AnyObject, Strategy } from '../strategy.ts';
import { withoutDisabledFields } from './disabled-fields.ts';
import { withLabelKeys } from './label-keys.ts';
import { appArmorWarnings, withAppArmorFields } from './profiles.ts';
import { qosClass } from '../../../../api/qos-class.ts';

/** A grace period below zero means one second; fields of features that are off are dropped. */
function withCleanSpec(pod: Pod): Pod {
  if (!pod.spec) return pod;
  const clean = withoutDisabledFields(pod.spec);
  const spec = (clean.terminationGracePeriodSeconds ?? 0) < 0 ? { ...clean, terminationGracePeriodSeconds: 1 } : clean;
  return spec === pod.spec ? pod : { ...pod, spec };
}

/** The status of a new Pod; a gated one says at once why it is not scheduled. */
function initialStatus(spec: PodSpec | undefined, timestamp: string): Pod['status'] {
  const status = { phase: 'Pending', qosClass: qosClass(spec) };
  if (!spec?.schedulingGates?.length) return status;
  const gated: PodCondition = {
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: timestamp,
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  };
  return { ...status, conditions: [gated] };
}

/** What old clients drop from a Pod's status is kept: its QoS class, and what its observed generations were. */
function withKeptStatus(object: Pod, old: Pod): Pod['status'] {
  const { status = {} } = object;
  const before = old.status ?? {};
  const kept = {
    ...(!status.qosClass && before.qosClass && { qosClass: before.qosClass }),
    ...(!status.observedGeneration && before.observedGeneration && { observedGeneration: before.observedGeneration }),
  };
  const conditions = status.conditions?.map((condition) => {
    if (condition.observedGeneration) return condition;
    const observedGeneration = before.conditions?.find(({ type }) => type === condition.type)?.observedGeneration;
    return observedGeneration ? { ...condition, observedGeneration } : condition;
  });
  const unchanged = conditions?.every((condition, i) => condition === status.conditions?.[i]) ?? true;
  return copyWith(status, { ...kept, ...(!unchanged && { conditions }) });
}

function prepareForStatusUpdate(object: AnyObject, old: AnyObject): AnyObject {
  const kept = withStatus(keepSpec(object, old), withKeptStatus(object as Pod, old as Pod));
  const { ownerReferences } = old.metadata;
  if (kept.metadata.ownerReferences === ownerReferences) return kept;
  return ownerReferences ? withMetadata(kept, { ownerReferences }) : withoutMetadata(kept, 'ownerReferences');
}

export const podStrategy: Strategy = {
  warningsBeforeCreate: (object) => appArmorWarnings(object as Pod),
  prepareForCreate(object, { timestamp }) {
    const pod = withAppArmorFields(withLabelKeys(withCleanSpec(object as Pod)));
    return withStatus(pod, initialStatus(pod.spec, timestamp()));
  },
  prepareForUpdate: (object, old) => withStatus(withCleanSpec(object as Pod), old.status),
  prepareForStatusUpdate,
  changesGeneration: specChanged,
  gracePeriod(object, { gracePeriodSeconds }) {
    const { spec, status } = object as Pod;
    if (!spec?.nodeName || isTerminalPhase(status?.phase)) return 0;
    const period = gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 0;
    return period < 0 ? 1 : period;
  },
};
