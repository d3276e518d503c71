// Ingresses (pkg/apis/networking/validation, ValidateIngressCreate and ValidateIngressUpdate, Kubernetes 1.36).
import { parseAddress } from '../../../../base/ip-address.ts';
import { invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import {
  dns1123LabelProblems,
  dns1123SubdomainProblems,
  portNameProblems,
  portNumberProblems,
  wildcardSubdomainProblems,
} from '../../../../api/names.ts';
import type {
  HTTPIngressPath,
  HTTPIngressRuleValue,
  Ingress,
  IngressBackend,
  IngressRule,
  IngressServiceBackend,
  IngressTLS,
  TypedLocalObjectReference,
} from '../../../../api/object.ts';
import { addInvalid, type Errors } from '../checks.ts';
import { kindRules } from '../kind-rules.ts';
import { checkSubdomain } from '../labels.ts';
import { subdomainName } from '../object-meta.ts';
import { checkKindAndName } from '../references.ts';
import type { KindRules } from '../validation.ts';

const path = FieldPath.of('spec');
const classAnnotation = 'kubernetes.io/ingress.class';
const badSequences = ['//', '/./', '/../', '%2f', '%2F'];
const badSuffixes = ['/..', '/.'];

function checkResource(resource: TypedLocalObjectReference, at: FieldPath, errors: Errors): void {
  if (resource.apiGroup !== undefined) checkSubdomain(resource.apiGroup, at.child('apiGroup'), errors);
  checkKindAndName(resource, at, errors);
}

/** The port's own errors stand at the backend where it is none of the two things it could be. */
function checkService({ name, port = {} }: IngressServiceBackend, at: FieldPath, errors: Errors): void {
  const service = at.child('service');
  if (!name) errors.push(required(service.child('name')));
  else addInvalid(errors, service.child('name'), name, dns1123LabelProblems(name));
  if (port.name && port.number) errors.push(invalid(at, '', 'cannot set both port name & port number'));
  else if (port.name) addInvalid(errors, service.child('port', 'name'), port.name, portNameProblems(port.name));
  else if (port.number)
    addInvalid(errors, service.child('port', 'number'), port.number, portNumberProblems(port.number));
  else errors.push(required(at, 'port name or number is required'));
}

function checkBackend({ resource, service }: IngressBackend, at: FieldPath, errors: Errors): void {
  if (resource && service) errors.push(invalid(at, '', 'cannot set both resource and service backends'));
  else if (resource) checkResource(resource, at.child('resource'), errors);
  else if (service) checkService(service, at, errors);
  else errors.push(invalid(at, '', 'resource or service backend is required'));
}

/** Exact and prefix paths are compared as they are written, so they may be written in one way alone. */
function checkComparable(text: string, at: FieldPath, errors: Errors): void {
  if (!text.startsWith('/')) errors.push(invalid(at, text, 'must be an absolute path'));
  for (const part of badSequences) {
    if (text.includes(part)) errors.push(invalid(at, text, `must not contain '${part}'`));
  }
  for (const end of badSuffixes) if (text.endsWith(end)) errors.push(invalid(at, text, `cannot end with '${end}'`));
}

function checkPath({ path: text = '', pathType, backend }: HTTPIngressPath, at: FieldPath, errors: Errors): void {
  const types = ['Exact', 'ImplementationSpecific', 'Prefix'];
  if (pathType === undefined) return void errors.push(required(at.child('pathType'), 'pathType must be specified'));
  if (pathType === 'Exact' || pathType === 'Prefix') checkComparable(text, at.child('path'), errors);
  else if (!types.includes(pathType)) errors.push(notSupported(at.child('pathType'), pathType, types));
  else if (text && !text.startsWith('/')) errors.push(invalid(at.child('path'), text, 'must be an absolute path'));
  checkBackend(backend ?? {}, at.child('backend'), errors);
}

function checkHttp({ paths = [] }: Partial<HTTPIngressRuleValue>, at: FieldPath, errors: Errors): void {
  if (!paths.length) errors.push(required(at.child('paths')));
  paths.forEach((one, i) => checkPath(one, at.child('paths').index(i), errors));
}

function checkHost(host: string, at: FieldPath, errors: Errors): void {
  const problems = host.includes('*') ? wildcardSubdomainProblems(host) : dns1123SubdomainProblems(host);
  addInvalid(errors, at, host, problems);
}

const isWild = ({ host = '' }: IngressRule) => host.includes('*');

/** `lenient`: what the rules of wildcard hosts say is not looked at. */
function checkRule(rule: IngressRule, lenient: boolean, at: FieldPath, errors: Errors): void {
  const { host, http } = rule;
  if (host) {
    if (parseAddress(host)) errors.push(invalid(at.child('host'), host, 'must be a DNS name, not an IP address'));
    checkHost(host, at.child('host'), errors);
  }
  if (http && !(lenient && isWild(rule))) checkHttp(http, at.child('http'), errors);
}

const secretProblems = ({ secretName }: IngressTLS) => (secretName ? dns1123SubdomainProblems(secretName) : []);

function checkTls(tls: IngressTLS, lenient: boolean, at: FieldPath, errors: Errors): void {
  tls.hosts?.forEach((host, i) => checkHost(host, at.child('hosts').index(i), errors));
  if (!lenient) addInvalid(errors, at.child('secretName'), tls.secretName, secretProblems(tls));
}

/** Whether an older server let pass what this one would not. */
function hasBadWildcardRule({ spec }: Ingress): boolean {
  const errors: Errors = [];
  for (const rule of spec?.rules ?? []) if (isWild(rule) && rule.http) checkHttp(rule.http, path, errors);
  return errors.length > 0;
}

function checkSpec({ spec = {} }: Ingress, errors: Errors, old?: Ingress): void {
  const { rules, defaultBackend, tls = [], ingressClassName } = spec;
  if (!rules?.length && !defaultBackend) {
    errors.push(invalid(path, rules ?? null, 'either `defaultBackend` or `rules` must be specified'));
  }
  if (defaultBackend) checkBackend(defaultBackend, path.child('defaultBackend'), errors);
  const wildcards = old !== undefined && hasBadWildcardRule(old);
  rules?.forEach((rule, i) => checkRule(rule, wildcards, path.child('rules').index(i), errors));
  const secrets = old?.spec?.tls?.some((one) => secretProblems(one).length > 0) ?? false;
  tls.forEach((one, i) => checkTls(one, secrets, path.child('tls').index(i), errors));
  if (ingressClassName !== undefined) checkSubdomain(ingressClassName, path.child('ingressClassName'), errors);
}

function checkClassAnnotation({ metadata, spec }: Ingress, errors: Errors): void {
  const annotation = metadata.annotations?.[classAnnotation];
  const name = spec?.ingressClassName;
  if (annotation === undefined || name === undefined || annotation === name) return;
  const at = FieldPath.of('annotations', classAnnotation);
  errors.push(invalid(at, annotation, 'must match `ingressClassName` when both are specified'));
}

const rules = kindRules<Ingress>({
  meta: { namespaced: true, name: subdomainName },
  content: checkSpec,
  metaAgain: true,
});

export const ingressRules: KindRules<Ingress> = {
  ...rules,
  create(ingress, errors) {
    rules.create(ingress, errors);
    checkClassAnnotation(ingress, errors);
  },
};
