// The small kinds of core: ConfigMaps, Namespaces, ServiceAccounts (pkg/apis/core/validation, Kubernetes 1.36).
import { invalid, tooLong } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import { dns1123LabelProblems, qualifiedNameProblems } from '../../../../api/names.ts';
import type { ConfigMap, Namespace, ServiceAccount } from '../../../../api/object.ts';
import { decodedLength } from '../../../../api/decoding/base64.ts';
import { addInvalid, type Errors } from '../checks.ts';
import { checkFrozen, checkKey, dataLimit } from './keyed-data.ts';
import { checkMetadata, checkMetadataUpdate, checkStandardFinalizer, subdomainName } from '../object-meta.ts';

const data = FieldPath.of('data');
const binaryData = FieldPath.of('binaryData');

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
  if (size > dataLimit) errors.push(tooLong('[]', dataLimit));
}

export function checkConfigMapUpdate(configMap: ConfigMap, old: ConfigMap, errors: Errors): void {
  checkMetadataUpdate(configMap.metadata, old.metadata, errors);
  checkFrozen(configMap, old, ['data', 'binaryData'], errors);
  checkConfigMap(configMap, errors);
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
  checkNamespace(namespace, errors);
  checkMetadataUpdate(namespace.metadata, old.metadata, errors);
}

export function checkServiceAccount({ metadata }: ServiceAccount, errors: Errors): void {
  checkMetadata(metadata, { namespaced: true, name: subdomainName }, errors);
}

export function checkServiceAccountUpdate(account: ServiceAccount, old: ServiceAccount, errors: Errors): void {
  checkMetadataUpdate(account.metadata, old.metadata, errors);
  checkServiceAccount(account, errors);
}
