// Which requests a webhook or an admission policy is asked about, as far as resources and operations tell
// (apiserver/pkg/admission/plugin/webhook/predicates/rules, Kubernetes 1.36). Selectors and match conditions are not looked at.
import type { AdmissionRequest } from './plugin.ts';

export interface ResourceRule {
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly operations?: readonly string[];
  readonly resources?: readonly string[];
}

const includes = (list: readonly string[] = [], value: string) => list.includes('*') || list.includes(value);

function matchesResource(pattern: string, plural: string, subresource: string): boolean {
  const [resource = '', sub = ''] = pattern.split('/');
  return (resource === '*' || resource === plural) && (sub === '*' || sub === subresource);
}

export function matchesRule(rule: ResourceRule, { operation, resource, subresource }: AdmissionRequest): boolean {
  return (
    includes(rule.operations, operation) &&
    includes(rule.apiGroups, resource.group) &&
    includes(rule.apiVersions, resource.version) &&
    (rule.resources ?? []).some((pattern) => matchesResource(pattern, resource.plural, subresource))
  );
}
