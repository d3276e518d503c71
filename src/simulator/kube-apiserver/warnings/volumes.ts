// Warnings about the volumes of a Pod: sources that are on their way out, and files that would lie on top of each other
// (pkg/api/pod/warnings.go, Kubernetes 1.36).
import type { FieldPath } from '../../../api/field-path.ts';
import { quote } from '../../../api/go-text.ts';
import type { Volume, VolumeProjection } from '../../../api/object.ts';
import { claimWarnings } from './claim.ts';

type SourceName = Exclude<keyof Volume, 'name'>;

/** In the order in which the server looks for them; with the name in the path where that is another. */
const deprecated: readonly (readonly [source: SourceName, advice: string, shown?: string])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+', 'storageOS'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['ephemeral', ''],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

export function volumeWarnings(volumes: readonly Volume[] | undefined, path: FieldPath): string[] {
  const found: string[] = [];
  volumes?.forEach((volume, i) => {
    const at = path.index(i);
    for (const [source, advice, shown = source] of deprecated) {
      if (volume[source] === undefined) continue;
      if (advice) found.push(`${at.child(shown)}: ${advice}`);
      else {
        const template = volume.ephemeral?.volumeClaimTemplate;
        found.push(...claimWarnings(template?.spec, at.child('ephemeral', 'volumeClaimTemplate', 'spec')));
      }
    }
  });
  for (const volume of volumes ?? []) found.push(...overlapWarnings(volume), ...projectionWarnings(volume));
  return found;
}

interface File {
  readonly path: string;
  /** Which source it comes from, where there are several. */
  readonly source: string;
}

/** The files among those before that a file would lie on, in or under. */
function overlapsOf({ path }: File, before: readonly File[]): File[] {
  const trimmed = path.replace(/\/+$/, '');
  return before.filter((other) => {
    const known = other.path.replace(/\/+$/, '');
    return trimmed === known || trimmed.startsWith(`${known}/`) || known.startsWith(`${trimmed}/`);
  });
}

function overlapWarnings({ name, configMap, secret, downwardAPI }: Volume): string[] {
  const found: string[] = [];
  const check = (source: string, items: readonly { readonly path: string }[] = []) => {
    const files: File[] = [];
    for (const { path } of items) {
      const file = { path, source };
      for (const other of overlapsOf(file, files)) {
        found.push(`volume ${quote(name)} (${source}): overlapping paths: ${quote(path)} with ${quote(other.path)}`);
      }
      files.push(file);
    }
  };
  if (configMap) check(`ConfigMap ${quote(configMap.name ?? '')}`, configMap.items);
  if (secret) check(`Secret ${quote(secret.secretName ?? '')}`, secret.items);
  if (downwardAPI) check('DownwardAPI', downwardAPI.items);
  return found;
}

function filesOf({ configMap, secret, downwardAPI, serviceAccountToken }: VolumeProjection): File[] {
  const from = (source: string, items: readonly { readonly path: string }[] = []) =>
    items.map(({ path }) => ({ path, source }));
  if (configMap) return from(`ConfigMap ${quote(configMap.name ?? '')}`, configMap.items);
  if (secret) return from(`Secret ${quote(secret.name ?? '')}`, secret.items);
  if (downwardAPI) return from('DownwardAPI', downwardAPI.items);
  return serviceAccountToken ? from('ServiceAccountToken', [serviceAccountToken]) : [];
}

function projectionWarnings({ name, projected }: Volume): string[] {
  const found: string[] = [];
  const files: File[] = [];
  for (const projection of projected?.sources ?? []) {
    if (Object.values(projection).every((source) => source === undefined)) {
      found.push(`volume ${quote(name)} (Projected) has no sources provided`);
      continue;
    }
    for (const file of filesOf(projection)) {
      for (const other of overlapsOf(file, files)) {
        const [a, b] = [file, other].map(({ path, source }) => `${quote(path)} (${source})`);
        found.push(`volume ${quote(name)} (Projected): overlapping paths: ${a} with ${b}`);
      }
      files.push(file);
    }
  }
  return found;
}
