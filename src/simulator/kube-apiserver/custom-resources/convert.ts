// From one version of a custom kind to another and back (k8s.io/apiextensions-apiserver/pkg/apiserver/conversion/nop_converter.go and
// customresource_handler.go, schemaCoercingConverter, Kubernetes 1.36).
import type { KubeObject } from '../../../api/object.ts';
import { conform, pruned } from './conform.ts';
import type { CustomKind } from './custom-kind.ts';

/**
 * The object as it comes out of the store again in its own version: what the stored version's schema does not know was lost on the
 * way, and what that one has defaults for was filled in (a status, say, that no user may set). What a webhook makes of it is not
 * known; the object stays as it is.
 */
export function storedAndBack(object: KubeObject, { schema, storedAs }: CustomKind): KubeObject {
  if (storedAs?.byWebhook) return object;
  const fields = object as unknown as Readonly<Record<string, unknown>>;
  const stored = conform(fields, storedAs ? storedAs.schema : schema).object;
  return (storedAs ? pruned(stored, schema) : stored) as unknown as KubeObject;
}
