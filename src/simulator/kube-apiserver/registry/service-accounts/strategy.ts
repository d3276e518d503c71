// Of the Secrets a ServiceAccount refers to only the names count (pkg/registry/core/serviceaccount/strategy.go, Kubernetes 1.36).
import type { ServiceAccount } from '../../../../api/object.ts';
import type { AnyObject, Strategy } from '../strategy.ts';

function withPlainReferences(object: AnyObject): AnyObject {
  const { secrets } = object as ServiceAccount;
  if (!secrets?.some((secret) => Object.keys(secret).some((field) => field !== 'name'))) return object;
  return { ...object, secrets: secrets.map(({ name }) => (name === undefined ? {} : { name })) } as ServiceAccount;
}

export const serviceAccountStrategy: Strategy = {
  prepareForCreate: withPlainReferences,
  prepareForUpdate: withPlainReferences,
};
