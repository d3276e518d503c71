// The kinds that CustomResourceDefinitions describe: not built in, and yet known to whoever wrote the manifests.
import type { KubeObject } from '../api/object.ts';
import { isObject } from '../base/json.ts';

/** `example.com Database` for each definition among the objects. */
export function customKindsOf(objects: readonly KubeObject[]): string[] {
  return objects.flatMap((object) => {
    const { spec } = object as { spec?: unknown };
    if (object.kind !== 'CustomResourceDefinition' || !isObject(spec) || !isObject(spec.names)) return [];
    return [customKind(String(spec.group), String(spec.names.kind))];
  });
}

export const customKind = (group: string, kind: string) => `${group} ${kind}`;

/** `apps` of `apps/v1`; the core group has no name. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
