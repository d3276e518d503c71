// PodTemplates (pkg/apis/core/validation, ValidatePodTemplate, Kubernetes 1.36).
import { FieldPath } from '../../../../api/field-path.ts';
import type { PodTemplate } from '../../../../api/object.ts';
import { kindRules } from '../kind-rules.ts';
import { subdomainName } from '../object-meta.ts';
import { checkPodTemplate } from '../pod-template.ts';
import { unmodelledOfTemplate } from '../pod/unmodelled.ts';

export const podTemplateRules = kindRules<PodTemplate>({
  meta: { namespaced: true, name: subdomainName },
  content: ({ template = {} }, errors) => checkPodTemplate(template, FieldPath.of('template'), errors),
  unmodelled: unmodelledOfTemplate('template'),
});
