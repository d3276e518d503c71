// Deployments (pkg/registry/apps/deployment/strategy.go, Kubernetes 1.36).
import { deepEqual } from '../../../../base/json.ts';
import { withMetadata, withoutMetadata } from '../object-meta.ts';
import { keepSpec, specChanged, workloadStrategy } from '../generic.ts';
import type { AnyObject } from '../strategy.ts';

/** The status subresource may set annotations (the revision lies there), but no labels. */
function keepSpecAndLabels(object: AnyObject, old: AnyObject): AnyObject {
  const { labels } = old.metadata;
  const kept = keepSpec(object, old);
  if (kept.metadata.labels === labels) return kept;
  return labels ? withMetadata(kept, { labels }) : withoutMetadata(kept, 'labels');
}

export const deploymentStrategy = workloadStrategy(
  {},
  {
    prepareForStatusUpdate: keepSpecAndLabels,
    // Changed annotations count as well, so that the controller copies them to the ReplicaSet.
    changesGeneration: (object, old) =>
      specChanged(object, old) || !deepEqual(object.metadata.annotations ?? {}, old.metadata.annotations ?? {}),
  },
);
