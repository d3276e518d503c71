// Nodes (pkg/registry/core/node/strategy.go, Kubernetes 1.36). A kubelet registers its Node with a status, so a new Node keeps the
// one it comes with; dynamic configuration is gone.
import type { Node } from '../../../../api/object.ts';
import { keepSpec, withStatus } from '../generic.ts';
import type { AnyObject, Strategy } from '../strategy.ts';

function withoutConfigSource(object: AnyObject): AnyObject {
  const { spec } = object as Node;
  if (spec?.configSource === undefined) return object;
  const { configSource: _, ...rest } = spec;
  return { ...object, spec: rest };
}

export const nodeStrategy: Strategy = {
  prepareForCreate: withoutConfigSource,
  prepareForUpdate: (object, old) => withoutConfigSource(withStatus(object, old.status)),
  prepareForStatusUpdate: keepSpec,
};
