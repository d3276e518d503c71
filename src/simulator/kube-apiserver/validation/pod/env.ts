// Environment variables and where their values come from (pkg/apis/core/validation, ValidateEnv and ValidateEnvFrom, Kubernetes 1.36).
import { invalid, notFound, notSupported, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import {
  configMapKeyProblems,
  dns1123SubdomainProblems,
  qualifiedNameProblems,
  relaxedEnvironmentNameProblems,
} from '../../../../api/names.ts';
import type {
  EnvFromSource,
  EnvVar,
  FileKeySelector,
  ObjectFieldSelector,
  PodSpec,
  ResourceFieldSelector,
} from '../../../../api/object.ts';
import { formatQuantity, parseQuantity } from '../../../../api/quantity.ts';
import { addInvalid, checkNoBacksteps, once, type Errors } from '../checks.ts';
import { checkLabel } from '../labels.ts';
import { visitContainers } from './os.ts';

/** Fields of the Pod that an environment variable can show, sorted. */
const environmentFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** Labels of fields that the v1 API knows at all (ConvertDownwardAPIFieldLabel). */
const knownFields = new Set([
  ...environmentFields,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]);
/** The older name of a field. */
const renamedFields: Readonly<Record<string, string>> = { 'spec.host': 'spec.nodeName' };

const subscripted = /^([^[]*)\['(.*)'\]$/s;

/** validateObjectFieldSelector. `fields` are those that may be shown whole, sorted. */
export function checkFieldRef(
  { apiVersion, fieldPath }: ObjectFieldSelector,
  fields: readonly string[],
  path: FieldPath,
  errors: Errors,
): void {
  if (!apiVersion) return void errors.push(required(path.child('apiVersion')));
  if (!fieldPath) return void errors.push(required(path.child('fieldPath')));
  const at = path.child('fieldPath');
  const refuse = (why: string) => void errors.push(invalid(at, fieldPath, `error converting fieldPath: ${why}`));
  if (apiVersion !== 'v1') return refuse(`unsupported pod version: ${apiVersion}`);
  const [, base, subscript] = subscripted.exec(fieldPath) ?? [];
  if (base !== undefined && subscript !== undefined) {
    if (base === 'metadata.annotations')
      addInvalid(errors, path, subscript.toLowerCase(), qualifiedNameProblems(subscript.toLowerCase()));
    else if (base === 'metadata.labels') addInvalid(errors, path, subscript, qualifiedNameProblems(subscript));
    else refuse(`field label does not support subscript: ${fieldPath}`);
    return;
  }
  const field = renamedFields[fieldPath] ?? fieldPath;
  if (!knownFields.has(field)) return refuse(`field label not supported: ${fieldPath}`);
  if (!fields.includes(field)) errors.push(notSupported(at, field, fields));
}

const containerResources = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const hugePages = /^(?:limits|requests)\.hugepages-/;

const byteDivisors = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** What a resource can be divided by, and how a message calls the resource. */
function divisorsOf(resource: string): { readonly allowed: readonly string[]; readonly text: string } | undefined {
  const list = byteDivisors.join(', ');
  if (hugePages.test(resource))
    return { allowed: byteDivisors, text: `${list} are supported with the hugepages resource` };
  switch (resource.slice(resource.indexOf('.') + 1)) {
    case 'cpu':
      return { allowed: ['1m', '1'], text: '1m and 1 are supported with the cpu resource' };
    case 'memory':
      return { allowed: byteDivisors, text: `${list} are supported with the memory resource` };
    case 'ephemeral-storage':
      return { allowed: byteDivisors, text: `${list} are supported with the local ephemeral storage resource` };
    default:
      return undefined;
  }
}

/** validateContainerResourceFieldSelector. A volume must name the container, a container's own variables need not. */
export function checkResourceFieldRef(
  { containerName, resource, divisor }: ResourceFieldSelector,
  inVolume: boolean,
  path: FieldPath,
  errors: Errors,
): void {
  const known = containerResources.includes(resource);
  if (inVolume && !containerName) errors.push(required(path.child('containerName')));
  else if (!resource) errors.push(required(path.child('resource')));
  else if (!known && !hugePages.test(resource))
    errors.push(notSupported(path.child('resource'), resource, containerResources));
  const quantity = divisor === undefined ? undefined : parseQuantity(divisor);
  if (!quantity || quantity.mantissa === 0n || (!known && !hugePages.test(resource))) return;
  const divisors = divisorsOf(resource);
  if (!divisors || divisors.allowed.includes(formatQuantity(quantity))) return;
  errors.push(invalid(path.child('divisor'), resource, `only divisor's values ${divisors.text}`));
}

function checkKeyRef({ name, key }: { name?: string; key: string }, path: FieldPath, errors: Errors): void {
  addInvalid(errors, path.child('name'), name ?? '', dns1123SubdomainProblems(name ?? ''));
  if (!key) errors.push(required(path.child('key')));
  else addInvalid(errors, path.child('key'), key, configMapKeyProblems(key));
}

function checkFileKeyRef({ volumeName, path: file, key }: FileKeySelector, path: FieldPath, errors: Errors): void {
  if (!key) errors.push(required(path.child('key')));
  else addInvalid(errors, path.child('key'), key, relaxedEnvironmentNameProblems(key));
  if (!volumeName) errors.push(required(path.child('volumeName')));
  else checkLabel(volumeName, path.child('volumeName'), errors);
  if (!file) errors.push(required(path.child('path')));
  else checkNoBacksteps(file, path.child('path'), errors);
}

function checkValueFrom({ value, valueFrom }: EnvVar, path: FieldPath, errors: Errors): void {
  if (!valueFrom) return;
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom;
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef];
  const given = sources.filter((source) => source !== undefined).length;
  if (fieldRef) checkFieldRef(fieldRef, environmentFields, path.child('fieldRef'), errors);
  if (resourceFieldRef) checkResourceFieldRef(resourceFieldRef, false, path.child('resourceFieldRef'), errors);
  if (configMapKeyRef) checkKeyRef(configMapKeyRef, path.child('configMapKeyRef'), errors);
  if (secretKeyRef) checkKeyRef(secretKeyRef, path.child('secretKeyRef'), errors);
  if (fileKeyRef) checkFileKeyRef(fileKeyRef, path.child('fileKeyRef'), errors);
  if (given === 0) {
    const names = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
    errors.push(invalid(path, '', `must specify one of: ${names}`));
  } else if (value) errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
  else if (given > 1) errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
}

export const checkEnv = once((env: readonly EnvVar[], path: FieldPath, errors: Errors): void => {
  env.forEach((variable, i) => {
    const at = path.index(i);
    const { name, valueFrom } = variable;
    if (!name) errors.push(required(at.child('name')));
    else addInvalid(errors, at.child('name'), name, relaxedEnvironmentNameProblems(name));
    if (valueFrom) checkValueFrom(variable, at.child('valueFrom'), errors);
  });
});

/** Files with keys lie in volumes of the Pod that are empty at first. */
export function checkFileVolumes(spec: PodSpec, path: FieldPath, errors: Errors): void {
  visitContainers(spec, path, ({ env }, at) =>
    env?.forEach(({ valueFrom }, i) => {
      const name = valueFrom?.fileKeyRef?.volumeName;
      if (name === undefined) return;
      const volumeName = at.child('env').index(i).child('valueFrom', 'fileKeyRef', 'volumeName');
      const volume = spec.volumes?.findLast((candidate) => candidate.name === name);
      if (!volume) errors.push(notFound(volumeName, name));
      else if (!volume.emptyDir) errors.push(invalid(volumeName, name, 'referenced volume must be of type emptyDir'));
    }),
  );
}

function checkNamed({ name }: { name?: string }, path: FieldPath, errors: Errors): void {
  if (!name) errors.push(required(path.child('name')));
  else addInvalid(errors, path.child('name'), name, dns1123SubdomainProblems(withoutDash(name)));
}

/** The server takes the name for the beginning of a generated one. */
const withoutDash = (name: string) => (name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name);

export function checkEnvFrom(sources: readonly EnvFromSource[] | undefined, path: FieldPath, errors: Errors): void {
  sources?.forEach(({ prefix, configMapRef, secretRef }, i) => {
    const at = path.index(i);
    if (prefix) addInvalid(errors, at.child('prefix'), prefix, relaxedEnvironmentNameProblems(prefix));
    if (configMapRef) checkNamed(configMapRef, at.child('configMapRef'), errors);
    if (secretRef) checkNamed(secretRef, at.child('secretRef'), errors);
    if (!configMapRef && !secretRef) {
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    } else if (configMapRef && secretRef) {
      errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
    }
  });
}
