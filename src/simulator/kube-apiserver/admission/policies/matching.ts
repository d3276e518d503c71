// Which requests a policy, a binding or a webhook is about: by resource and operation, by the labels of the namespace, and by those
// of the object (apiserver/pkg/admission/plugin/policy/matching and plugin/webhook/predicates, Kubernetes 1.36).
import { isEmptySelector, matchesLabelSelector, type Labels } from '../../../../api/label-selector.ts';
import type { LabelSelector, MatchResources, Namespace } from '../../../../api/object.ts';
import type { ClusterReader } from '../../registry/reader.ts';
import type { AdmissionRequest } from '../plugin.ts';

export interface ResourceRule {
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly operations?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly scope?: string;
}

/** `unmodelled`: it is about the request by way of another version of the resource, to which it would have to be converted. */
export type Match = boolean | 'unmodelled';

const group = 'admissionregistration.k8s.io';
const includes = (list: readonly string[] = [], value: string) => list.includes('*') || list.includes(value);

/** Nobody is asked about the configuration of the asking. */
export const isConfiguration = ({ resource }: AdmissionRequest): boolean => resource.group === group;

/** admission.Attributes.GetNamespace: a namespace is in itself. */
export const namespaceOf = ({ resourceName, namespace, object }: AdmissionRequest): string | undefined =>
  resourceName === 'namespaces' ? object.metadata.name : namespace;

/** The version that the request is made in. */
export function versionOf({ resource, object }: AdmissionRequest): string {
  const [version = '', group = ''] = object.apiVersion.split('/').reverse();
  return group === resource.group ? version : resource.version;
}

function matchesResource(pattern: string, plural: string, subresource: string): boolean {
  const [resource = '', sub = ''] = pattern.split('/');
  return (resource === '*' || resource === plural) && (sub === '*' || sub === subresource);
}

function matchesScope({ scope = '*' }: ResourceRule, { resourceName, namespace }: AdmissionRequest): boolean {
  if (scope === '*') return true;
  const isNamespaced = resourceName !== 'namespaces' && Boolean(namespace);
  return isNamespaced === (scope === 'Namespaced');
}

/** Whether the rule is about the request as a request for the resource in the group and version. */
function isAbout(rule: ResourceRule, request: AdmissionRequest, group: string, version: string): boolean {
  const { operation, resource, subresource, object } = request;
  const names = rule.resourceNames ?? [];
  return (
    matchesScope(rule, request) &&
    includes(rule.operations, operation) &&
    includes(rule.apiGroups, group) &&
    includes(rule.apiVersions, version) &&
    (rule.resources ?? []).some((pattern) => matchesResource(pattern, resource.plural, subresource)) &&
    (names.length === 0 || names.includes(object.metadata.name ?? ''))
  );
}

/** The same objects in other groups and versions, of those that have more than one. */
const equivalents: Readonly<Record<string, readonly (readonly [group: string, version: string])[]>> = {
  'horizontalpodautoscalers.autoscaling': [
    ['autoscaling', 'v1'],
    ['autoscaling', 'v2'],
  ],
  events: [['events.k8s.io', 'v1']],
  'events.events.k8s.io': [['', 'v1']],
};

export function matchesRules(
  rules: readonly ResourceRule[],
  matchPolicy: string | undefined,
  request: AdmissionRequest,
): Match {
  const { resource, resourceName } = request;
  const version = versionOf(request);
  if (rules.some((rule) => isAbout(rule, request, resource.group, version))) return true;
  if (matchPolicy === 'Exact') return false;
  const custom = request.custom?.map(({ resource: { version: other } }) => [resource.group, other] as const);
  const others = custom ?? equivalents[resourceName] ?? [];
  const isAnother = others.some(
    ([group, other]) => other !== version && rules.some((rule) => isAbout(rule, request, group, other)),
  );
  return isAnother ? 'unmodelled' : false;
}

function namespaceLabels(request: AdmissionRequest, reader: ClusterReader): Labels {
  const { resourceName, operation, object } = request;
  if (resourceName === 'namespaces' && operation !== 'DELETE') return object.metadata.labels;
  return reader.get<Namespace>('namespaces', undefined, namespaceOf(request) ?? '')?.metadata.labels;
}

/** What is in no namespace is not held back by a selector of namespaces. */
export function matchesNamespace(
  selector: LabelSelector | undefined,
  request: AdmissionRequest,
  reader: ClusterReader,
): boolean {
  if (!selector || isEmptySelector(selector)) return true;
  if (!namespaceOf(request)) return true;
  return matchesLabelSelector(selector, namespaceLabels(request, reader));
}

/** The new object or the old one. */
export function matchesObject(
  selector: LabelSelector | undefined,
  { operation, object, old }: AdmissionRequest,
): boolean {
  if (!selector || isEmptySelector(selector)) return true;
  const objects = operation === 'DELETE' ? [old] : [object, old];
  return objects.some((each) => each && matchesLabelSelector(selector, each.metadata.labels));
}

export function matchesResources(
  match: MatchResources | undefined,
  request: AdmissionRequest,
  reader: ClusterReader,
): Match {
  const { namespaceSelector, objectSelector, resourceRules = [], excludeResourceRules = [], matchPolicy } = match ?? {};
  if (!matchesNamespace(namespaceSelector, request, reader) || !matchesObject(objectSelector, request)) return false;
  const excluded = matchesRules(excludeResourceRules, matchPolicy, request);
  if (excluded)
    return excluded === 'unmodelled' ? matchesRules(resourceRules, matchPolicy, request) && excluded : false;
  return resourceRules.length === 0 || matchesRules(resourceRules, matchPolicy, request);
}
