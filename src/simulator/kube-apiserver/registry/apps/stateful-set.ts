// StatefulSets (pkg/registry/apps/statefulset/strategy.go, Kubernetes 1.36): the feature MaxUnavailableStatefulSet is off.
import type { StatefulSet } from '../../../../api/object.ts';
import { withStatus, workloadStrategy } from '../generic.ts';
import { withCleanTemplate } from '../pods/template.ts';
import type { AnyObject } from '../strategy.ts';

function withoutMaxUnavailable(object: AnyObject): AnyObject {
  const { spec } = object as StatefulSet;
  const { updateStrategy } = spec ?? {};
  if (updateStrategy?.rollingUpdate?.maxUnavailable === undefined) return object;
  const { maxUnavailable: _, ...rollingUpdate } = updateStrategy.rollingUpdate;
  return { ...object, spec: { ...spec, updateStrategy: { ...updateStrategy, rollingUpdate } } };
}

const initial = { replicas: 0, availableReplicas: 0 };

export const statefulSetStrategy = workloadStrategy(initial, {
  prepareForCreate: (object) => withCleanTemplate(withoutMaxUnavailable(withStatus(object, initial))),
  prepareForUpdate: (object, old) => withCleanTemplate(withoutMaxUnavailable(withStatus(object, old.status))),
});
