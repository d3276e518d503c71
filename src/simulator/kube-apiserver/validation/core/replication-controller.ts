// ReplicationControllers (pkg/apis/core/validation, ValidateReplicationController, Kubernetes 1.36).
import { required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { ReplicationController, ReplicationControllerSpec } from '../../../../api/object.ts';
import { checkNonNegative, type Errors } from '../checks.ts';
import { kindRules } from '../kind-rules.ts';
import { subdomainName } from '../object-meta.ts';
import { checkPodTemplate, checkRunsForever, checkSelectsTemplate } from '../pod-template.ts';
import { unmodelledOfTemplate } from '../pod/unmodelled.ts';

const path = FieldPath.of('spec');

function checkTemplate({ selector = {}, template }: ReplicationControllerSpec, errors: Errors): void {
  const at = path.child('template');
  if (!template) return void errors.push(required(at));
  if (Object.keys(selector).length) checkSelectsTemplate({ matchLabels: selector }, template, at, errors);
  checkPodTemplate(template, at, errors);
  checkRunsForever(template, 'ReplicationController', at, errors);
}

export const replicationControllerRules = kindRules<ReplicationController>({
  meta: { namespaced: true, name: subdomainName, anyGenerateName: true },
  content({ spec = {} }, errors) {
    checkNonNegative(spec.minReadySeconds, path.child('minReadySeconds'), errors);
    if (!Object.keys(spec.selector ?? {}).length) errors.push(required(path.child('selector')));
    if (spec.replicas === undefined) errors.push(required(path.child('replicas')));
    checkNonNegative(spec.replicas, path.child('replicas'), errors);
    checkTemplate(spec, errors);
  },
  unmodelled: unmodelledOfTemplate('spec.template'),
});
