// Where a Pod names the ConfigMap, Secret, ServiceAccount or class that a component says it could not find.
import type { Container, Pod } from '../api/object.ts';
import { isObject } from '../base/json.ts';

export interface MissingReference {
  /** In the Pod: `spec.containers[0].env[0].valueFrom.secretKeyRef.name`. */
  readonly path: string;
  /** What is missing: `Secret web`. */
  readonly what: string;
}

/** Fields of the Pod that name one object for the whole of it, by the sentence that says it is missing. */
const ofThePod: readonly (readonly [RegExp, path: string, kind: string])[] = [
  [/error looking up service account [^/\s]+\/([^:\s]+):/, 'spec.serviceAccountName', 'ServiceAccount'],
  [/no PriorityClass with name (\S+) was found/, 'spec.priorityClassName', 'PriorityClass'],
  [/RuntimeClass "([^"]+)" not found/, 'spec.runtimeClassName', 'RuntimeClass'],
];

/** What the API server found missing when it was to let a Pod in. */
export function missingForPod(message: string): MissingReference | undefined {
  for (const [says, path, kind] of ofThePod) {
    const name = says.exec(message)?.[1];
    if (name !== undefined) return { path, what: `${kind} ${name}` };
  }
  return undefined;
}

/** What the kubelet found missing for a container's environment. */
export function missingForContainer(message: string, container: Container, path: string): MissingReference | undefined {
  return missingIn(message, { env: container.env, envFrom: container.envFrom }, path);
}

/** What the kubelet found missing for the volumes of a Pod. */
export function missingForVolumes(message: string, pod: Pod): MissingReference | undefined {
  const name = /volume "([^"]+)"/.exec(message)?.[1];
  const volumes = pod.spec?.volumes ?? [];
  const index = volumes.findIndex((volume) => volume.name === name);
  const volume = volumes[index];
  if (!volume) return undefined;
  const path = `spec.volumes[${index}]`;
  return missingIn(message, volume, path) ?? { path, what: `what volume ${name} stands for` };
}

function missingIn(message: string, value: unknown, path: string): MissingReference | undefined {
  const [, kind, name] = /\b(secret|configmap) "([^"]+)" not found/i.exec(message) ?? [];
  if (kind && name) {
    const found = pathOfName(value, name, kind.toLowerCase(), path);
    return found === undefined ? undefined : { path: found, what: `${kindText(kind)} ${name}` };
  }
  const [, key, keyKind, keyName] = /couldn't find key (\S+) in (Secret|ConfigMap) [^/\s]+\/(\S+)/.exec(message) ?? [];
  if (!key || !keyKind || !keyName) return undefined;
  const found = pathOfName(value, keyName, keyKind.toLowerCase(), path, key);
  return found === undefined
    ? undefined
    : { path: found.replace(/\.name$/, '.key'), what: `key ${key} of ${keyKind} ${keyName}` };
}

const kindText = (kind: string) => (kind.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap');

/** The path of the field that names a Secret or ConfigMap, and with `key` asks for that key of it. */
function pathOfName(
  value: unknown,
  name: string,
  kind: string,
  path: string,
  key?: string,
  parent = '',
): string | undefined {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = pathOfName(item, name, kind, `${path}[${index}]`, key, parent);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const refers = parent.toLowerCase().startsWith(kind) && (key === undefined || value.key === key);
  for (const field of Object.keys(value)) {
    if (refers && value[field] === name && (field === 'name' || field === 'secretName')) return `${path}.${field}`;
    const found = pathOfName(value[field], name, kind, `${path}.${field}`, key, field);
    if (found !== undefined) return found;
  }
  return undefined;
}
