// IngressClasses (pkg/apis/networking/validation, ValidateIngressClass, Kubernetes 1.36).
import { forbidden, notSupported, required, tooLong } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import type { IngressClass, IngressClassParametersReference } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { checkDomainPrefixedPath } from '../domain-names.ts';
import { kindRules } from '../kind-rules.ts';
import { checkLabel, checkSubdomain } from '../labels.ts';
import { checkImmutable, subdomainName } from '../object-meta.ts';
import { checkKindAndName } from '../references.ts';

const path = FieldPath.of('spec');
const longestController = 250;
const scopes = ['Cluster', 'Namespace'];

function checkParameters(parameters: IngressClassParametersReference, at: FieldPath, errors: Errors): void {
  const { apiGroup, scope, namespace } = parameters;
  if (apiGroup !== undefined) checkSubdomain(apiGroup, at.child('apiGroup'), errors);
  checkKindAndName(parameters, at, errors);
  if (scope === undefined) errors.push(required(at.child('scope')));
  else if (!scopes.includes(scope)) errors.push(notSupported(at.child('scope'), scope, scopes));
  else if (scope === 'Cluster') {
    if (namespace === undefined) return;
    errors.push(forbidden(at.child('namespace'), "`parameters.scope` is set to 'Cluster'"));
  } else if (namespace === undefined) {
    errors.push(required(at.child('namespace'), "`parameters.scope` is set to 'Namespace'"));
  } else checkLabel(namespace, at.child('namespace'), errors);
}

export const ingressClassRules = kindRules<IngressClass>({
  meta: { namespaced: false, name: subdomainName },
  metaAgain: true,
  frozen({ spec }, old, errors) {
    checkImmutable(spec?.controller ?? '', old.spec?.controller ?? '', path.child('controller'), errors);
  },
  content({ spec }, errors) {
    const { controller = '', parameters } = spec ?? {};
    const at = path.child('controller');
    if (byteLength(controller) > longestController) errors.push(tooLong(at, longestController));
    checkDomainPrefixedPath(controller, at, errors);
    if (parameters) checkParameters(parameters, path.child('parameters'), errors);
  },
});
