// RuntimeClasses (pkg/apis/node/validation, Kubernetes 1.36).
import { duplicate, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { RuntimeClass, Toleration } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { checkLabel, checkLabels } from '../labels.ts';
import { checkGenericMetadataUpdate, checkImmutable, checkMetadata, subdomainName } from '../object-meta.ts';
import { checkContainerResources } from '../pod/resources.ts';
import { checkTolerations } from '../pod/scheduling.ts';
import type { KindRules } from '../validation.ts';

const handlerPath = FieldPath.of('handler');
const schedulingPath = FieldPath.of('scheduling');

/** Everything of a toleration but how long it lasts. */
const identity = ({ key = '', operator = '', value = '', effect = '' }: Toleration) =>
  JSON.stringify([key, operator, value, effect]);

function checkRuntimeClass({ metadata, handler, overhead, scheduling }: RuntimeClass, errors: Errors): void {
  checkMetadata(metadata, { namespaced: false, name: subdomainName, anyFinalizer: true }, errors);
  if (!handler) errors.push(required(handlerPath));
  else checkLabel(handler, handlerPath, errors);
  if (overhead)
    checkContainerResources({ limits: overhead.podFixed ?? {} }, new Set(), FieldPath.of('overhead'), errors);
  if (!scheduling) return;
  const { nodeSelector, tolerations = [] } = scheduling;
  const at = schedulingPath.child('tolerations');
  const seen = new Set<string>();
  checkLabels(nodeSelector, schedulingPath.child('nodeSelector'), errors);
  checkTolerations(tolerations, at, errors);
  tolerations.forEach((toleration, i) => {
    const known = seen.has(identity(toleration));
    if (known) errors.push(duplicate(at.index(i), goStruct('core/v1.Toleration', toleration)));
    seen.add(identity(toleration));
  });
}

export const runtimeClassRules: KindRules<RuntimeClass> = {
  create: checkRuntimeClass,
  update(runtimeClass, old, errors) {
    checkRuntimeClass(runtimeClass, errors);
    checkGenericMetadataUpdate(runtimeClass.metadata, old.metadata, errors);
    checkImmutable(runtimeClass.handler, old.handler, handlerPath, errors);
  },
};
