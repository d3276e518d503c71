// The small kinds of core: ConfigMaps, Secrets, Namespaces, ServiceAccounts (pkg/apis/core/validation, Kubernetes 1.36).
import { forbidden, invalid, required, tooLong } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import { configMapKeyProblems, dns1123LabelProblems, qualifiedNameProblems } from '../../../../api/names.ts';
import type { ConfigMap, Namespace, Secret, ServiceAccount } from '../../../../api/object.ts';
import { deepEqual } from '../../../../base/json.ts';
import { decodedLength, decodedText } from '../../decoding/base64.ts';
import { addInvalid, type Errors } from '../checks.ts';
import { checkImmutable, checkMetadata, checkMetadataUpdate, checkStandardFinalizer, subdomainName } from '../object-meta.ts';

const data = FieldPath.of('data');
const binaryData = FieldPath.of('binaryData');
/** core.MaxSecretSize. */
const dataLimit = 2 ** 20;

function checkKey(key: string, path: FieldPath, errors: Errors): void {
  addInvalid(errors, path.key(key), key, configMapKeyProblems(key));
}

export function checkConfigMap(configMap: ConfigMap, errors: Errors): void {
  checkMetadata(configMap.metadata, { namespaced: true, name: subdomainName }, errors);
  let size = 0;
  for (const [key, value] of Object.entries(configMap.data ?? {})) {
    checkKey(key, data, errors);
    if (configMap.binaryData?.[key] !== undefined) {
      errors.push(invalid(data.key(key), key, 'duplicate of key present in binaryData'));
    }
    size += byteLength(value);
  }
  for (const [key, value] of Object.entries(configMap.binaryData ?? {})) {
    checkKey(key, binaryData, errors);
    size += decodedLength(value);
  }
  if (size > dataLimit) errors.push(tooLong('', dataLimit));
}

/** What was called immutable stays, and stays immutable. */
function checkFrozen(
  object: ConfigMap | Secret,
  old: ConfigMap | Secret,
  fields: readonly ('data' | 'binaryData' | 'stringData')[],
  errors: Errors,
): void {
  if (!old.immutable) return;
  const detail = 'field is immutable when `immutable` is set';
  if (!object.immutable) errors.push(forbidden(FieldPath.of('immutable'), detail));
  const valueOf = (of: ConfigMap | Secret, field: string) => (of as unknown as Record<string, unknown>)[field];
  for (const field of fields) {
    if (!deepEqual(valueOf(object, field), valueOf(old, field))) errors.push(forbidden(FieldPath.of(field), detail));
  }
}

export function checkConfigMapUpdate(configMap: ConfigMap, old: ConfigMap, errors: Errors): void {
  checkMetadataUpdate(configMap.metadata, old.metadata, errors);
  checkFrozen(configMap, old, ['data', 'binaryData'], errors);
  checkConfigMap(configMap, errors);
}

/** Types of Secrets that Kubernetes reads, with the keys that must be there. */
const typedKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

function checkSecretType({ type = '', data: values = {}, metadata }: Secret, errors: Errors): void {
  if (type === 'kubernetes.io/service-account-token') {
    const name = 'kubernetes.io/service-account.name';
    if (!metadata.annotations?.[name]) errors.push(required(FieldPath.of('metadata', 'annotations').key(name)));
  }
  if (type === 'kubernetes.io/basic-auth' && values['username'] === undefined && values['password'] === undefined) {
    errors.push(required(data.key('username')), required(data.key('password')));
  }
  for (const key of typedKeys[type] ?? []) {
    const value = values[key];
    if (value === undefined) errors.push(required(data.key(key)));
    else if (type.startsWith('kubernetes.io/docker')) checkJson(value, data.key(key), errors);
  }
}

function checkJson(value: string, path: FieldPath, errors: Errors): void {
  const problem = jsonProblem(decodedText(value));
  if (problem) errors.push(invalid(path, '<secret contents redacted>', problem));
}

/** What Go's encoding/json says of a text, where that is the same for every such text. */
function jsonProblem(text: string): string | undefined {
  if (text.trim() === '') return 'unexpected end of JSON input';
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const first = [...text.trim()][0] ?? '';
    return /[-{["0-9tfn]/.test(first) ? undefined : `invalid character '${first}' looking for beginning of value`;
  }
}

export function checkSecret(secret: Secret, errors: Errors): void {
  checkMetadata(secret.metadata, { namespaced: true, name: subdomainName }, errors);
  let size = 0;
  for (const [key, value] of Object.entries(secret.data ?? {})) {
    checkKey(key, data, errors);
    size += decodedLength(value);
  }
  if (size > dataLimit) errors.push(tooLong(data, dataLimit));
  checkSecretType(secret, errors);
}

export function checkSecretUpdate(secret: Secret, old: Secret, errors: Errors): void {
  checkMetadataUpdate(secret.metadata, old.metadata, errors);
  checkImmutable(secret.type, old.type, FieldPath.of('type'), errors);
  checkFrozen(secret, old, ['data'], errors);
  checkSecret(secret, errors);
}

export function checkNamespace({ metadata, spec }: Namespace, errors: Errors): void {
  checkMetadata(metadata, { namespaced: false, name: dns1123LabelProblems }, errors);
  const path = FieldPath.of('spec', 'finalizers');
  for (const finalizer of spec?.finalizers ?? []) {
    addInvalid(errors, path, finalizer, qualifiedNameProblems(finalizer));
    checkStandardFinalizer(finalizer, path, errors);
  }
}

export function checkNamespaceUpdate(namespace: Namespace, old: Namespace, errors: Errors): void {
  checkMetadataUpdate(namespace.metadata, old.metadata, errors);
}

export function checkServiceAccount({ metadata }: ServiceAccount, errors: Errors): void {
  checkMetadata(metadata, { namespaced: true, name: subdomainName }, errors);
}

export function checkServiceAccountUpdate(account: ServiceAccount, old: ServiceAccount, errors: Errors): void {
  checkMetadataUpdate(account.metadata, old.metadata, errors);
  checkServiceAccount(account, errors);
}
