// Names under a domain of their own (k8s.io/apimachinery/pkg/util/validation, Kubernetes 1.36).
import { invalid, required } from '../../../api/field-error.ts';
import type { FieldPath } from '../../../api/field-path.ts';
import { dns1123LabelProblems, dns1123SubdomainProblems, httpPathProblems } from '../../../api/names.ts';
import { addInvalid, type Errors } from './checks.ts';

/** IsDomainPrefixedPath: `acme.io/foo`. The part that is wrong is shown, not the whole. */
export function checkDomainPrefixedPath(value: string, path: FieldPath, errors: Errors): void {
  if (!value) return void errors.push(required(path));
  const slash = value.indexOf('/');
  if (slash <= 0 || slash === value.length - 1) {
    errors.push(invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")'));
    return;
  }
  const domain = value.slice(0, slash);
  const rest = value.slice(slash + 1);
  addInvalid(errors, path, domain, dns1123SubdomainProblems(domain));
  addInvalid(errors, path, rest, httpPathProblems(rest));
}

/** IsFullyQualifiedName: a domain of three parts or more; all that is wrong with it is one error. */
export function checkFullyQualifiedName(value: string, path: FieldPath, errors: Errors): void {
  if (!value) return void errors.push(required(path));
  const problems = dns1123SubdomainProblems(value);
  if (problems.length) errors.push(invalid(path, value, problems.join(',')));
  else if (value.split('.').length < 3) {
    errors.push(invalid(path, value, 'should be a domain with at least three segments separated by dots'));
  }
}

/** IsFullyQualifiedDomainName: two labels or more, and a dot at the end if one likes. */
export function checkFullyQualifiedDomainName(value: string, path: FieldPath, errors: Errors): void {
  if (!value) return void errors.push(required(path));
  const name = value.replace(/\.$/, '');
  const labels = name.split('.');
  const problems = dns1123SubdomainProblems(name);
  if (problems.length) return void errors.push(invalid(path, name, problems.join(',')));
  if (labels.length < 2) {
    errors.push(invalid(path, name, 'should be a domain with at least two segments separated by dots'));
    return;
  }
  const wrong = labels.find((label) => dns1123LabelProblems(label).length > 0);
  if (wrong !== undefined) errors.push(invalid(path, wrong, dns1123LabelProblems(wrong).join(',')));
}
