// APIServices (k8s.io/kube-aggregator/pkg/apis/apiregistration/validation, Kubernetes 1.36).
import { invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { decodedLength } from '../../../../api/decoding/base64.ts';
import { dns1035LabelProblems, dns1123SubdomainProblems, portNumberProblems } from '../../../../api/names.ts';
import type { APIService, APIServiceSpec } from '../../../../api/object.ts';
import { addInvalid, type Errors } from '../checks.ts';
import { checkGenericMetadata, checkGenericMetadataUpdate, pathSegmentName } from '../object-meta.ts';
import type { KindRules } from '../validation.ts';

const path = FieldPath.of('spec');
const none: APIServiceSpec = { groupPriorityMinimum: 0, versionPriority: 0 };

const nameRule =
  ({ group = '', version = '' }: APIServiceSpec) =>
  (name: string): string[] => {
    const problems = pathSegmentName(name);
    const wanted = `${version}.${group}`;
    if (problems.length || name === wanted) return problems;
    return [`must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`];
  };

function checkPriority(name: 'groupPriorityMinimum' | 'versionPriority', value: number, limit: number, errors: Errors) {
  if (value > 0 && value <= limit) return;
  errors.push(invalid(path.child(name), value, `must be positive and less than ${limit}`));
}

function checkService(spec: APIServiceSpec, errors: Errors): void {
  const { service, caBundle, insecureSkipTLSVerify: insecure } = spec;
  const at = path.child('service');
  if (!service) {
    const bytes = decodedLength(caBundle ?? '');
    const detail = 'local APIServices may not have a caBundle';
    if (bytes) errors.push(invalid(path.child('caBundle'), `${bytes} bytes`, detail));
    if (insecure) {
      const why = 'local APIServices may not have insecureSkipTLSVerify';
      errors.push(invalid(path.child('insecureSkipTLSVerify'), true, why));
    }
    return;
  }
  const { namespace, name, port = 0 } = service;
  const problems = portNumberProblems(port);
  if (!namespace) errors.push(required(at.child('namespace')));
  if (!name) errors.push(required(at.child('name')));
  if (problems.length) errors.push(invalid(at.child('port'), port, `port is not valid: ${problems.join(', ')}`));
  if (insecure && caBundle) {
    errors.push(invalid(path.child('insecureSkipTLSVerify'), true, 'may not be true if caBundle is present'));
  }
}

function check({ metadata, spec = none }: APIService, errors: Errors): void {
  const { group = '', version = '' } = spec;
  checkGenericMetadata(metadata, { namespaced: false, name: nameRule(spec) }, errors);
  if (group) addInvalid(errors, path.child('group'), group, dns1123SubdomainProblems(group));
  else if (version !== 'v1') {
    errors.push(required(path.child('group'), 'only v1 may have an empty group and it better be legacy kube'));
  }
  addInvalid(errors, path.child('version'), version, dns1035LabelProblems(version));
  checkPriority('groupPriorityMinimum', spec.groupPriorityMinimum, 20000, errors);
  checkPriority('versionPriority', spec.versionPriority, 1000, errors);
  checkService(spec, errors);
}

export const apiServiceRules: KindRules<APIService> = {
  create: check,
  update(service, old, errors) {
    checkGenericMetadataUpdate(service.metadata, old.metadata, errors);
    check(service, errors);
  },
};
