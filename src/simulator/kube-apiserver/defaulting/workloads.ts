// Workloads of apps/v1 and the ReplicationController (pkg/apis/apps/v1/defaults.go, pkg/apis/core/v1/defaults.go, Kubernetes 1.36).
import type {
  DaemonSet,
  Deployment,
  PersistentVolumeClaim,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
  StatefulSetSpec,
} from '../../../api/object.ts';
import { defaultPodTemplate } from './pod.ts';
import { defaultClaim } from './storage.ts';
import { withDefaults, withField, withItems } from './with-defaults.ts';

const rollingUpdate = 'RollingUpdate';

export function defaultDeployment(deployment: Deployment): Deployment {
  return withField(deployment, 'spec', (given) => {
    const spec = withDefaults(withField(given, 'template', defaultPodTemplate), {
      replicas: 1,
      strategy: {},
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    return withField(spec, 'strategy', (strategy) => {
      const typed = strategy.type ? strategy : { ...strategy, type: rollingUpdate };
      if (typed.type !== rollingUpdate) return typed;
      const bounds = withDefaults(typed.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' });
      return bounds === typed.rollingUpdate ? typed : { ...typed, rollingUpdate: bounds };
    });
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
    return withField(spec, 'updateStrategy', (strategy) => {
      const typed = strategy.type ? strategy : { ...strategy, type: rollingUpdate };
      if (typed.type !== rollingUpdate) return typed;
      return { ...typed, rollingUpdate: withDefaults(typed.rollingUpdate ?? {}, { maxUnavailable: 1, maxSurge: 0 }) };
    });
  });
}

function defaultUpdateStrategy(strategy: NonNullable<StatefulSetSpec['updateStrategy']>) {
  const typed = strategy.type ? strategy : { ...strategy, type: rollingUpdate };
  if (typed.type !== rollingUpdate) return typed;
  return { ...typed, rollingUpdate: withDefaults(typed.rollingUpdate ?? {}, { partition: 0 }) };
}

const retention = { whenDeleted: 'Retain', whenScaled: 'Retain' };

/** Claims of a template are stored with their kind, though the template is no object of its own. */
const defaultClaimTemplate = (claim: PersistentVolumeClaim): PersistentVolumeClaim =>
  defaultClaim({ ...claim, apiVersion: 'v1', kind: 'PersistentVolumeClaim' });

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
    return withField(retaining, 'updateStrategy', defaultUpdateStrategy);
  });
}

export function defaultReplicationController(controller: ReplicationController): ReplicationController {
  return withField(controller, 'spec', (given) => {
    const spec = withDefaults(withField(given, 'template', defaultPodTemplate), { replicas: 1 });
    const labels = spec.template?.metadata?.labels;
    return labels ? withDefaults(spec, { selector: labels }) : spec;
  });
}
