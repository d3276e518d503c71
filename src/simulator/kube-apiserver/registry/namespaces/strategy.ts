// A namespace begins Active, with a finalizer that keeps it until its content is gone
// (pkg/registry/core/namespace/strategy.go and storage/storage.go, Kubernetes 1.36).
import type { Namespace } from '../../../../api/object.ts';
import { withMetadata } from '../object-meta.ts';
import { keepSpec, withStatus } from '../generic.ts';
import type { Strategy } from '../strategy.ts';

const finalizer = 'kubernetes';

export const namespaceStrategy: Strategy = {
  prepareForCreate(object) {
    const { spec } = object as Namespace;
    const finalizers = spec?.finalizers ?? [];
    const spare = finalizers.includes(finalizer) ? finalizers : [...finalizers, finalizer];
    return { ...withStatus(object, { phase: 'Active' }), spec: { ...spec, finalizers: spare } };
  },
  // The finalizers of the spec change through the finalize subresource alone.
  prepareForUpdate: (object, old) => withStatus(keepSpec(object, old), old.status),
  prepareForStatusUpdate: keepSpec,
  beginDeletion(object, { timestamp }) {
    const { metadata, spec, status } = object as Namespace;
    if (!metadata.deletionTimestamp) {
      const dying = withMetadata(object, { deletionTimestamp: timestamp() });
      return withStatus(dying, { ...status, phase: 'Terminating' });
    }
    return spec?.finalizers?.length ? object : undefined;
  },
};
