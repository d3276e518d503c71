// What the strategies of all workloads do with the Pod template in their objects.
import type { PodTemplateSpec } from '../../../../api/object.ts';
import type { AnyObject } from '../strategy.ts';
import { withoutDisabledFields } from './disabled-fields.ts';

interface Workload extends AnyObject {
  readonly spec?: { readonly template?: PodTemplateSpec };
}

/** The object with its template as the server takes it; the same reference where nothing changes. */
export function withCleanTemplate(object: AnyObject): AnyObject {
  const { spec } = object as Workload;
  const podSpec = spec?.template?.spec;
  if (!podSpec) return object;
  const clean = withoutDisabledFields(podSpec);
  if (clean === podSpec) return object;
  return { ...object, spec: { ...spec, template: { ...spec.template, spec: clean } } };
}
