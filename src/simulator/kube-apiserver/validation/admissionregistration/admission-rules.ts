// How the kinds of admissionregistration.k8s.io are looked at: an update as if it were new, apart from what was there before.
import type { KubeObject } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { checkGenericMetadata, subdomainName } from '../object-meta.ts';
import type { KindRules, UnmodelledField } from '../validation.ts';

export function admissionRules<T extends KubeObject>(
  content: (object: T, errors: Errors, old?: T) => void,
  unmodelled: readonly UnmodelledField[] = [],
): KindRules<T> {
  const check = (object: T, errors: Errors, old?: T) => {
    checkGenericMetadata(object.metadata, { namespaced: false, name: subdomainName }, errors);
    content(object, errors, old);
  };
  return {
    create: (object, errors) => check(object, errors),
    update: (object, old, errors) => check(object, errors, old),
    unmodelled,
  };
}
