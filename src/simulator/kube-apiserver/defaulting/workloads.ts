// Workloads of apps/v1 and the ReplicationController (pkg/apis/apps/v1/defaults.go, pkg/apis/core/v1/defaults.go, Kubernetes 1.36).
import { copyWith } from '../../../base/copy.ts';
import type {
  DaemonSet,
  Deployment,
  PersistentVolumeClaim,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../../../api/object.ts';
import { defaultPodTemplate } from './pod.ts';
import { defaultClaim } from './storage.ts';
import { withLabelsOf } from './template-labels.ts';
import { withDefaults, withField, withFieldDefaults, withItems } from './with-defaults.ts';

interface Strategy {
  readonly type?: string;
  readonly rollingUpdate?: object;
}

/** Updates roll, unless another way is named, and are bounded by default. */
function defaultStrategy<T extends Strategy>(strategy: T, bounds: T['rollingUpdate']): T {
  const typed: T = strategy.type ? strategy : copyWith(strategy, { type: 'RollingUpdate' });
  return typed.type === 'RollingUpdate'
    ? (withFieldDefaults<Strategy, 'rollingUpdate'>(typed, 'rollingUpdate', bounds ?? {}) as T)
    : typed;
}

export function defaultDeployment(deployment: Deployment): Deployment {
  return withField(deployment, 'spec', (given) => {
    const spec = withDefaults(withField(given, 'template', defaultPodTemplate), {
      replicas: 1,
      strategy: {},
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    return withField(spec, 'strategy', (strategy) =>
      defaultStrategy(strategy, { maxUnavailable: '25%', maxSurge: '25%' }),
    );
  });
}

export function defaultReplicaSet(replicaSet: ReplicaSet): ReplicaSet {
  return withField(replicaSet, 'spec', (spec) =>
    withDefaults(withField(spec, 'template', defaultPodTemplate), { replicas: 1 }),
  );
}

export function defaultDaemonSet(daemonSet: DaemonSet): DaemonSet {
  return withField(daemonSet, 'spec', (given) => {
    const spec = withDefaults(withField(given, 'template', defaultPodTemplate), {
      updateStrategy: {},
      revisionHistoryLimit: 10,
    });
    return withField(spec, 'updateStrategy', (strategy) =>
      defaultStrategy(strategy, { maxUnavailable: 1, maxSurge: 0 }),
    );
  });
}

const retention = { whenDeleted: 'Retain', whenScaled: 'Retain' };

const claimKind = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };

/** Claims of a template are stored with their kind, though the template is no object of its own. */
function defaultClaimTemplate(claim: PersistentVolumeClaim): PersistentVolumeClaim {
  const named = claim.kind === claimKind.kind && claim.apiVersion === claimKind.apiVersion;
  return defaultClaim(named ? claim : { ...claim, ...claimKind });
}

export function defaultStatefulSet(statefulSet: StatefulSet): StatefulSet {
  return withField(statefulSet, 'spec', (given) => {
    const templated = withField(given, 'volumeClaimTemplates', (claims) => withItems(claims, defaultClaimTemplate));
    const spec = withDefaults(withField(templated, 'template', defaultPodTemplate), {
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: {},
      revisionHistoryLimit: 10,
      persistentVolumeClaimRetentionPolicy: retention,
    });
    const retaining = withField(spec, 'persistentVolumeClaimRetentionPolicy', (policy) =>
      withDefaults(policy, retention),
    );
    // who names the type has to name the bounds, too
    return withField(retaining, 'updateStrategy', (strategy) =>
      strategy.type && !strategy.rollingUpdate ? strategy : defaultStrategy(strategy, { partition: 0 }),
    );
  });
}

export function defaultReplicationController(controller: ReplicationController): ReplicationController {
  const selecting = withField(controller, 'spec', (given) => {
    const spec = withDefaults(withField(given, 'template', defaultPodTemplate), { replicas: 1 });
    const labels = spec.template?.metadata?.labels;
    const selects = Object.keys(spec.selector ?? {}).length > 0;
    return labels && !selects ? { ...spec, selector: labels } : spec;
  });
  return withLabelsOf(controller.spec?.template, selecting);
}
