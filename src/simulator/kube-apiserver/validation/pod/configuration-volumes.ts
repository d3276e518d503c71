// Volumes made of what the cluster knows: ConfigMaps, Secrets, fields of the Pod, tokens, and these projected into one folder; folders
// of the node, claims and images besides (pkg/apis/core/validation, Kubernetes 1.36).
import { forbidden, invalid, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { DownwardAPIVolumeFile, KeyToPath, VolumeProjection } from '../../../../api/object.ts';
import {
  checkGiven,
  checkNoBacksteps,
  checkNonReservedPath,
  checkRequiredSupported,
  checkSupported,
  once,
  type Errors,
} from '../checks.ts';
import { checkFieldRef, checkResourceFieldRef } from './env.ts';
import type { SourceChecks } from './volume-sources.ts';

/** Fields of the Pod that a file can hold, sorted. */
const fileFields = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];
const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

function checkMode(mode: number | undefined, path: FieldPath, errors: Errors): void {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return;
  errors.push(invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive'));
}

function checkItem({ key, path: file, mode }: KeyToPath, path: FieldPath, errors: Errors): void {
  checkGiven(key, path.child('key'), errors);
  checkGiven(file, path.child('path'), errors);
  checkNonReservedPath(file, path.child('path'), errors);
  checkMode(mode, path.child('mode'), errors);
}

interface KeySource {
  readonly items?: readonly KeyToPath[];
  readonly defaultMode?: number;
}

function checkKeys({ items, defaultMode }: KeySource, path: FieldPath, errors: Errors): void {
  checkMode(defaultMode, path.child('defaultMode'), errors);
  items?.forEach((item, i) => checkItem(item, path.child('items').index(i), errors));
}

/** The server reports every file of the volume at the same path. */
function checkFile(file: DownwardAPIVolumeFile, path: FieldPath, errors: Errors): void {
  const { fieldRef, resourceFieldRef } = file;
  checkGiven(file.path, path.child('path'), errors);
  checkNonReservedPath(file.path, path.child('path'), errors);
  if (fieldRef) {
    checkFieldRef(fieldRef, fileFields, path.child('fieldRef'), errors);
    if (resourceFieldRef) {
      errors.push(invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
    }
  } else if (resourceFieldRef) checkResourceFieldRef(resourceFieldRef, true, path.child('resourceFieldRef'), errors);
  else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  checkMode(file.mode, path.child('mode'), errors);
}

const shortestToken = 600;
const longestToken = 2 ** 32;

/** One source of a projected volume. `taken` are the paths of the files so far. */
function checkProjection(
  { secret, configMap, downwardAPI, serviceAccountToken }: VolumeProjection,
  taken: Set<string>,
  path: FieldPath,
  at: FieldPath,
  errors: Errors,
): void {
  const take = (file: string, shown: string) => {
    if (!file) return;
    if (taken.has(file)) errors.push(invalid(path, shown, 'conflicting duplicate paths'));
    taken.add(file);
  };
  for (const [name, source] of [
    ['secret', secret],
    ['configMap', configMap],
  ] as const) {
    if (!source) continue;
    checkGiven(source.name, at.child(name, 'name'), errors);
    source.items?.forEach((item, i) => {
      checkItem(item, at.child(name, 'items').index(i), errors);
      take(item.path, source.name ?? '');
    });
  }
  for (const file of downwardAPI?.items ?? []) {
    checkFile(file, at.child('downwardAPI'), errors);
    take(file.path, file.path);
  }
  if (!serviceAccountToken) return;
  const { expirationSeconds = 0, path: file } = serviceAccountToken;
  const expiration = at.child('serviceAccountToken', 'expirationSeconds');
  if (expirationSeconds < shortestToken) {
    errors.push(invalid(expiration, expirationSeconds, 'may not specify a duration less than 10 minutes'));
  }
  if (expirationSeconds > longestToken) {
    errors.push(invalid(expiration, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'));
  }
  if (!file) errors.push(required(path.child('path')));
  else checkNonReservedPath(file, path.child('path'), errors);
}

export const configurationSources: SourceChecks = {
  hostPath({ path: folder, type }, path, errors) {
    if (!folder) return void errors.push(required(path.child('path')));
    checkNoBacksteps(folder, path.child('path'), errors);
    checkSupported(type, hostPathTypes, path.child('type'), errors);
  },
  secret(source, path, errors) {
    checkGiven(source.secretName, path.child('secretName'), errors);
    checkKeys(source, path, errors);
  },
  configMap(source, path, errors) {
    checkGiven(source.name, path.child('name'), errors);
    checkKeys(source, path, errors);
  },
  downwardAPI({ items, defaultMode }, path, errors) {
    checkMode(defaultMode, path.child('defaultMode'), errors);
    for (const file of items ?? []) checkFile(file, path, errors);
  },
  projected: once(({ sources, defaultMode }, path, errors) => {
    checkMode(defaultMode, path.child('defaultMode'), errors);
    const taken = new Set<string>();
    sources?.forEach((source, i) => {
      const at = path.child('sources').index(i);
      checkProjection(source, taken, path, at, errors);
      const given = Object.values(source).filter((value) => value !== undefined).length;
      if (given > 1) errors.push(forbidden(at, 'may not specify more than 1 volume type per source'));
    });
  }),
  persistentVolumeClaim: ({ claimName }, path, errors) => checkGiven(claimName, path.child('claimName'), errors),
  image({ reference, pullPolicy }, path, errors, { ofPod }) {
    if (ofPod) checkGiven(reference, path.child('reference'), errors);
    checkRequiredSupported(pullPolicy, ['Always', 'IfNotPresent', 'Never'], path.child('pullPolicy'), errors);
  },
};
