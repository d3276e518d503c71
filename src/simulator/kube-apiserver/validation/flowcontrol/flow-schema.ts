// FlowSchemas: which requests belong to which priority level (pkg/apis/flowcontrol/validation, Kubernetes 1.36).
import { forbidden, invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { dns1123LabelProblems, dns1123SubdomainProblems } from '../../../../api/names.ts';
import type {
  FlowSchema,
  NonResourcePolicyRule,
  PolicyRulesWithSubjects,
  ResourcePolicyRule,
  Subject,
} from '../../../../api/object.ts';
import { addInvalid, checkGiven, type Errors } from '../checks.ts';
import { kindRules } from '../kind-rules.ts';
import { checkSubdomain } from '../labels.ts';
import { subdomainName } from '../object-meta.ts';
import { mandatorySpec } from './mandatory.ts';

const path = FieldPath.of('spec');
const lastPrecedence = 10_000;
const methods = ['ByNamespace', 'ByUser'];
const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];

/** What each kind of subject is told by. */
const holders = { ServiceAccount: 'serviceAccount', User: 'user', Group: 'group' } as const;
const kinds = Object.keys(holders) as (keyof typeof holders)[];

function checkServiceAccount({ serviceAccount }: Subject, at: FieldPath, errors: Errors): void {
  const { name = '', namespace = '' } = serviceAccount ?? {};
  if (!name) errors.push(required(at.child('name')));
  else if (name !== '*') addInvalid(errors, at.child('name'), name, dns1123SubdomainProblems(name));
  if (namespace) addInvalid(errors, at.child('namespace'), namespace, dns1123LabelProblems(namespace));
  else errors.push(required(at.child('namespace'), 'must specify namespace for service account'));
}

function checkSubject(subject: Subject, at: FieldPath, errors: Errors): void {
  const kind = kinds.find((known) => known === subject.kind);
  if (!kind) return void errors.push(notSupported(at.child('kind'), subject.kind, ['Group', 'ServiceAccount', 'User']));
  const holder = holders[kind];
  const where = at.child(holder);
  if (!subject[holder]) errors.push(required(where, `${holder} is required when subject kind is '${kind}'`));
  else if (kind === 'ServiceAccount') checkServiceAccount(subject, where, errors);
  else checkGiven(subject[holder].name, where.child('name'), errors);
  for (const other of kinds) {
    const name = holders[other];
    if (other === kind || !subject[name]) continue;
    errors.push(forbidden(at.child(name), `${name} is forbidden when subject kind is not '${other}'`));
  }
}

/** A list that is given, and in which the wildcard stands alone. Answers whether its items are still to be looked at. */
function checkList(list: readonly string[], missing: string, what: string, at: FieldPath, errors: Errors): boolean {
  const any = list.includes('*');
  if (!list.length) errors.push(required(at, missing));
  else if (any && list.length > 1) errors.push(invalid(at, list, `if '*' is present, must not specify other ${what}`));
  return list.length > 0 && !any;
}

function checkVerbs(given: readonly string[] = [], at: FieldPath, errors: Errors): void {
  const open = checkList(given, 'verbs must contain at least one value', 'verbs', at, errors);
  if (open && given.some((verb) => !verbs.includes(verb))) errors.push(notSupported(at, given, verbs));
}

function checkResourceRule(rule: ResourcePolicyRule, at: FieldPath, errors: Errors): void {
  const { apiGroups = [], resources = [], namespaces = [] } = rule;
  checkVerbs(rule.verbs, at.child('verbs'), errors);
  const oneOf = (what: string) => `resource rules must supply at least one ${what}`;
  checkList(apiGroups, oneOf('api group'), 'api groups', at.child('apiGroups'), errors);
  checkList(resources, oneOf('resource'), 'resources', at.child('resources'), errors);
  const where = at.child('namespaces');
  if (!namespaces.length && rule.clusterScope) return;
  const missing = 'resource rules that are not cluster scoped must supply at least one namespace';
  if (!checkList(namespaces, missing, 'namespaces', where, errors)) return;
  const rules = "each member of this list must be '*' or a DNS-1123 label; ";
  namespaces.forEach((namespace, i) => {
    const problems = dns1123LabelProblems(namespace).map((problem) => rules + problem);
    addInvalid(errors, where.index(i), namespace, problems);
  });
}

function urlProblem(url: string): string | undefined {
  if (!url) return 'must not be empty';
  if (url === '/') return undefined;
  if (!url.startsWith('/')) return 'must start with slash';
  if (url.includes(' ')) return 'must not contain white-space';
  if (url.includes('//')) return 'must not contain double slash';
  const stars = url.split('*').length - 1;
  return stars > 1 || (stars === 1 && !url.endsWith('/*')) ? 'wildcard can only do suffix matching' : undefined;
}

function checkUrlRule(
  { verbs: given, nonResourceURLs: urls = [] }: NonResourcePolicyRule,
  at: FieldPath,
  errors: Errors,
) {
  const where = at.child('nonResourceURLs');
  checkVerbs(given, at.child('verbs'), errors);
  const missing = 'nonResourceURLs must contain at least one value';
  if (!checkList(urls, missing, 'non-resource URLs', where, errors)) return;
  urls.forEach((url, i) => {
    const problem = urlProblem(url);
    if (problem) errors.push(invalid(where.index(i), url, problem));
  });
}

function checkRule(rule: PolicyRulesWithSubjects, at: FieldPath, errors: Errors): void {
  const { subjects = [], resourceRules = [], nonResourceRules = [] } = rule;
  if (!subjects.length) errors.push(required(at.child('subjects'), 'subjects must contain at least one value'));
  subjects.forEach((subject, i) => checkSubject(subject, at.child('subjects').index(i), errors));
  if (!resourceRules.length && !nonResourceRules.length) {
    errors.push(required(at, 'at least one of resourceRules and nonResourceRules has to be non-empty'));
  }
  resourceRules.forEach((one, i) => checkResourceRule(one, at.child('resourceRules').index(i), errors));
  nonResourceRules.forEach((one, i) => checkUrlRule(one, at.child('nonResourceRules').index(i), errors));
}

function checkPrecedence(precedence: number, name: string | undefined, at: FieldPath, errors: Errors): void {
  if (precedence <= 0) errors.push(invalid(at, precedence, 'must be a positive value'));
  if (precedence > lastPrecedence) errors.push(invalid(at, precedence, `must not be greater than ${lastPrecedence}`));
  if (precedence === 1 && name !== 'exempt') {
    errors.push(invalid(at, precedence, "only the schema named 'exempt' may have matchingPrecedence 1"));
  }
}

export const flowSchemaRules = kindRules<FlowSchema>({
  meta: { namespaced: false, name: subdomainName },
  metaAsNew: true,
  content({ metadata, spec }, errors) {
    const { matchingPrecedence = 0, distinguisherMethod: method, rules = [] } = spec ?? {};
    const level = spec?.priorityLevelConfiguration?.name ?? '';
    const at = path.child('priorityLevelConfiguration', 'name');
    checkPrecedence(matchingPrecedence, metadata.name, path.child('matchingPrecedence'), errors);
    if (method && !methods.includes(method.type)) {
      errors.push(notSupported(path.child('distinguisherMethod', 'type'), { Type: method.type }, methods));
    }
    if (level) checkSubdomain(level, at, errors);
    else errors.push(required(at, 'must reference a priority level'));
    rules.forEach((rule, i) => checkRule(rule, path.child('rules').index(i), errors));
  },
  unmodelled: [mandatorySpec],
});
