// Secrets (pkg/apis/core/validation, ValidateSecret, Kubernetes 1.36).
import { invalid, required, tooLong } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { Secret } from '../../../../api/object.ts';
import { isObject } from '../../../../base/json.ts';
import { decodedBytes, decodedLength } from '../../../../api/decoding/base64.ts';
import { jsonSyntaxProblem } from '../../../../api/decoding/json-syntax.ts';
import type { Errors } from '../checks.ts';
import { checkImmutable, checkMetadata, checkMetadataUpdate, subdomainName } from '../object-meta.ts';
import { checkFrozen, checkKey, dataLimit } from './keyed-data.ts';

const data = FieldPath.of('data');

/** Types of Secrets that Kubernetes reads, with the keys that must be there. */
const typedKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};
const holdsJson = (type: string) => type.startsWith('kubernetes.io/docker');

const accountName = 'kubernetes.io/service-account.name';

function checkType({ type = '', data: values = {}, metadata }: Secret, errors: Errors): void {
  if (type === 'kubernetes.io/service-account-token' && !metadata.annotations?.[accountName]) {
    errors.push(required(FieldPath.of('metadata', 'annotations').key(accountName)));
  }
  if (type === 'kubernetes.io/basic-auth' && values['username'] === undefined && values['password'] === undefined) {
    errors.push(required(data.key('username')), required(data.key('password')));
  }
  for (const key of typedKeys[type] ?? []) {
    const value = values[key];
    if (value === undefined) errors.push(required(data.key(key)));
    else if (holdsJson(type)) {
      const problem = jsonProblem(value);
      if (problem) errors.push(invalid(data.key(key), '<secret contents redacted>', problem));
    }
  }
}

const goKinds: Readonly<Record<string, string>> = { boolean: 'bool', string: 'string', number: 'number' };

/** What Go says of bytes that should be a JSON object. */
function jsonProblem(base64: string): string | undefined {
  const text = decodedBytes(base64)
    .map((byte) => String.fromCharCode(byte))
    .join('');
  const value = parsed(text);
  if (value === undefined) return jsonSyntaxProblem(text);
  if (value === null || isObject(value)) return undefined;
  const kind = Array.isArray(value) ? 'array' : goKinds[typeof value];
  return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
  checkType(secret, errors);
}

export function checkSecretUpdate(secret: Secret, old: Secret, errors: Errors): void {
  checkMetadataUpdate(secret.metadata, old.metadata, errors);
  checkImmutable(secret.type, old.type, FieldPath.of('type'), errors);
  checkFrozen(secret, old, ['data'], errors);
  checkSecret(secret, errors);
}
