// The identity of a StatefulSet's Pods: their number, and what follows from it (stateful_set_utils.go).
import { copyWith } from '../../../base/copy.ts';
import type { PersistentVolumeClaim, Pod, PodTemplateSpec, StatefulSet, Volume } from '../../../api/object.ts';
import { podFromTemplate } from '../pod-from-template.ts';

export const revisionLabel = 'controller-revision-hash';
const nameLabel = 'statefulset.kubernetes.io/pod-name';
const indexLabel = 'apps.kubernetes.io/pod-index';

const largestOrdinal = 2 ** 31 - 1;

/** The name that stands before a Pod's number, and the number; -1 if the Pod's name ends with none. */
function parentAndOrdinal({ metadata }: Pod): readonly [parent: string, ordinal: number] {
  const [, parent = '', digits = ''] = /^(.*)-([0-9]+)$/s.exec(metadata.name ?? '') ?? [];
  const ordinal = digits === '' ? -1 : Number(digits);
  return [parent, ordinal > largestOrdinal ? -1 : ordinal];
}

export const ordinalOf = (pod: Pod) => parentAndOrdinal(pod)[1];

export const isMemberOf = (set: StatefulSet, pod: Pod) => parentAndOrdinal(pod)[0] === set.metadata.name;

export const startOf = ({ spec }: StatefulSet) => spec?.ordinals?.start ?? 0;

export const replicasOf = ({ spec }: StatefulSet) => spec?.replicas ?? 1;

/** Whether the Pod is one of those that the set is to have. */
export function isInRange(set: StatefulSet, pod: Pod): boolean {
  const place = ordinalOf(pod) - startOf(set);
  return place >= 0 && place < replicasOf(set);
}

export const podName = (set: StatefulSet, ordinal: number) => `${set.metadata.name}-${ordinal}`;

const claimName = (set: StatefulSet, template: PersistentVolumeClaim, ordinal: number) =>
  `${template.metadata.name}-${set.metadata.name}-${ordinal}`;

/** The claims of a Pod, from the set's templates. */
export function claimsOf(set: StatefulSet, ordinal: number): PersistentVolumeClaim[] {
  const { volumeClaimTemplates = [], selector } = set.spec ?? {};
  return volumeClaimTemplates.map((template) => {
    const { annotations, labels } = template.metadata;
    const { namespace } = set.metadata;
    const all = { ...labels, ...selector?.matchLabels };
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: claimName(set, template, ordinal),
        ...(namespace && { namespace }),
        ...(annotations && { annotations }),
        ...(Object.keys(all).length > 0 && { labels: all }),
      },
      ...(template.spec && { spec: template.spec }),
    };
  });
}

/** identityMatches and storageMatches: whether the Pod is what its number makes of it. */
export function isAsNumbered(set: StatefulSet, pod: Pod): boolean {
  const { name, namespace, labels } = pod.metadata;
  const ordinal = ordinalOf(pod);
  if (namespace !== set.metadata.namespace || labels?.[nameLabel] !== name) return false;
  return (set.spec?.volumeClaimTemplates ?? []).every((template) => {
    const volume = pod.spec?.volumes?.find((other) => other.name === template.metadata.name);
    return volume?.persistentVolumeClaim?.claimName === claimName(set, template, ordinal);
  });
}

/** updateIdentity and updateStorage. */
export function asNumbered(set: StatefulSet, pod: Pod, ordinal: number): Pod {
  const name = podName(set, ordinal);
  const templates = set.spec?.volumeClaimTemplates ?? [];
  const own = templates.map((template): Volume => {
    const volumeName = template.metadata.name ?? '';
    return { name: volumeName, persistentVolumeClaim: { claimName: claimName(set, template, ordinal) } };
  });
  const others = (pod.spec?.volumes ?? []).filter((volume) => !own.some((other) => other.name === volume.name));
  const volumes = [...own, ...others];
  return copyWith(pod, {
    metadata: copyWith(pod.metadata, {
      name,
      labels: copyWith(pod.metadata.labels, { [nameLabel]: name, [indexLabel]: String(ordinal) }),
    }),
    spec: { containers: [], ...pod.spec, ...(volumes.length > 0 && { volumes }) },
  });
}

/** newStatefulSetPod, of the given template and revision. */
export function newPod(
  set: StatefulSet,
  ordinal: number,
  template: PodTemplateSpec | undefined,
  revision: string,
): Pod {
  const pod = asNumbered(set, podFromTemplate(set, template), ordinal);
  const { metadata, spec = { containers: [] } } = pod;
  return copyWith(pod, {
    metadata: copyWith(metadata, { labels: copyWith(metadata.labels, { [revisionLabel]: revision }) }),
    spec: copyWith(spec, {
      hostname: metadata.name ?? '',
      ...(set.spec?.serviceName && { subdomain: set.spec.serviceName }),
    }),
  });
}
