// A CustomResourceDefinition notes from the first which version its objects are stored in
// (apiextensions-apiserver/pkg/registry/customresourcedefinition/strategy.go, Kubernetes 1.36).
import type { CustomResourceDefinition } from '../../../../api/object.ts';
import { keepSpecAndMetadata, specChanged, withStatus } from '../generic.ts';
import type { Strategy } from '../strategy.ts';

export const definitionStrategy: Strategy = {
  prepareForCreate(object) {
    const { spec } = object as CustomResourceDefinition;
    const storedVersions = (spec.versions ?? []).filter(({ storage }) => storage).map(({ name }) => name);
    return withStatus(object, { conditions: null, acceptedNames: { plural: '', kind: '' }, storedVersions });
  },
  prepareForUpdate: (object, old) => withStatus(object, old.status),
  prepareForStatusUpdate: keepSpecAndMetadata,
  changesGeneration: specChanged,
};
