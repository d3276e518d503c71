// ControllerRevisions (pkg/apis/apps/validation, Kubernetes 1.36).
import { required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { ControllerRevision } from '../../../../api/object.ts';
import { isObject } from '../../../../base/json.ts';
import { checkNonNegative, type Errors } from '../checks.ts';
import { checkImmutable, checkMetadata, checkMetadataUpdate, subdomainName } from '../object-meta.ts';
import type { KindRules } from '../validation.ts';

const data = FieldPath.of('data');

function checkRevision({ metadata, revision }: ControllerRevision, errors: Errors): void {
  checkMetadata(metadata, { namespaced: true, name: subdomainName }, errors);
  checkNonNegative(revision, FieldPath.of('revision'), errors);
}

export const controllerRevisionRules: KindRules<ControllerRevision> = {
  create(object, errors) {
    checkRevision(object, errors);
    if (object.data === undefined || object.data === null) errors.push(required(data, 'data is mandatory'));
    else if (!isObject(object.data)) errors.push(required(data, 'data must be a valid JSON object'));
  },
  update(object, old, errors) {
    checkMetadataUpdate(object.metadata, old.metadata, errors);
    checkRevision(object, errors);
    checkImmutable(object.data, old.data, data, errors);
  },
};
