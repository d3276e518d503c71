// A CustomResourceDefinition notes from the first which version its objects are stored in
// (apiextensions-apiserver/pkg/registry/customresourcedefinition/strategy.go, Kubernetes 1.36).
import type { CustomResourceDefinition } from '../../../../api/object.ts';
import { keepSpecAndMetadata, specChanged, withStatus } from '../generic.ts';
import type { Strategy } from '../strategy.ts';

const storageVersion = ({ versions = [] }: CustomResourceDefinition['spec']) =>
  versions.find(({ storage }) => storage)?.name;

export const definitionStrategy: Strategy = {
  prepareForCreate(object) {
    const { spec } = object as CustomResourceDefinition;
    const stored = storageVersion(spec);
    const status = { conditions: null, acceptedNames: { plural: '', kind: '' } };
    return withStatus(object, { ...status, ...(stored !== undefined && { storedVersions: [stored] }) });
  },
  prepareForUpdate(object, old) {
    const { status } = old as CustomResourceDefinition;
    const { storedVersions = [] } = status ?? {};
    const stored = storageVersion((object as CustomResourceDefinition).spec);
    if (stored === undefined || storedVersions.includes(stored)) return withStatus(object, status);
    return withStatus(object, { ...status, storedVersions: [...storedVersions, stored] });
  },
  prepareForStatusUpdate: keepSpecAndMetadata,
  changesGeneration: specChanged,
};
