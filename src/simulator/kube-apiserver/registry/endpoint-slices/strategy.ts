// EndpointSlices have neither spec nor status: everything but most of the metadata counts as their content
// (pkg/registry/discovery/endpointslice/strategy.go, Kubernetes 1.36).
import { deepEqual } from '../../../../base/json.ts';
import { contentChanged } from '../generic.ts';
import type { Strategy } from '../strategy.ts';

export const endpointSliceStrategy: Strategy = {
  changesGeneration: (object, old) =>
    contentChanged(object, old) || !deepEqual(object.metadata.labels ?? {}, old.metadata.labels ?? {}),
};
