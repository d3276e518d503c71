// EndpointSlices have neither spec nor status: everything but most of the metadata counts as their content
// (pkg/registry/discovery/endpointslice/strategy.go, Kubernetes 1.36).
import type { EndpointSlice } from '../../../../api/object.ts';
import { deepEqual } from '../../../../base/json.ts';
import { contentChanged } from '../generic.ts';
import type { AnyObject, Strategy } from '../strategy.ts';

/** The topology of an older version of the API is dropped. */
function withoutTopology(object: AnyObject): AnyObject {
  const { endpoints } = object as EndpointSlice;
  if (!endpoints?.some(({ deprecatedTopology }) => deprecatedTopology)) return object;
  const current = endpoints.map(({ deprecatedTopology: _, ...endpoint }) => endpoint);
  return { ...(object as EndpointSlice), endpoints: current } as AnyObject;
}

export const endpointSliceStrategy: Strategy = {
  prepareForCreate: withoutTopology,
  prepareForUpdate: withoutTopology,
  changesGeneration: (object, old) =>
    contentChanged(object, old) || !deepEqual(object.metadata.labels ?? {}, old.metadata.labels ?? {}),
};
