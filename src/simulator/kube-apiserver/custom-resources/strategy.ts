// What the server does of its own with custom objects (apiextensions-apiserver/pkg/registry/customresource/strategy.go, Kubernetes 1.36).
import { contentChanged, withStatus } from '../registry/generic.ts';
import type { AnyObject, Strategy } from '../registry/strategy.ts';

/** Any change but one of the metadata counts; with a status subresource the status is written there alone. */
export function customStrategy(hasStatus: boolean): Strategy {
  if (!hasStatus) return { changesGeneration: contentChanged };
  return {
    prepareForCreate: (object) => withStatus(object, undefined),
    prepareForUpdate: (object, old) => withStatus(object, old.status),
    prepareForStatusUpdate: onlyStatus,
    changesGeneration: contentChanged,
  };
}

/** Of an update of the status only the status counts, and what managers note of themselves. */
function onlyStatus(object: AnyObject, old: AnyObject): AnyObject {
  return withStatus(
    { ...old, metadata: { ...old.metadata, resourceVersion: object.metadata.resourceVersion } },
    object.status,
  );
}
