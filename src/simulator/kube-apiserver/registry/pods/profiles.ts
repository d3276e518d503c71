// Profiles of AppArmor and seccomp as old manifests give them: in annotations of the Pod, one for each container
// (pkg/api/pod/util.go and pkg/registry/core/pod/strategy.go applyAppArmorVersionSkew, Kubernetes 1.36).
import { FieldPath } from '../../../../api/field-path.ts';
import type { AppArmorProfile, Container, Pod } from '../../../../api/object.ts';

export const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';
export const seccompOfPod = 'seccomp.security.alpha.kubernetes.io/pod';
export const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/';

/** The field that says what an AppArmor annotation says; undefined if none can. */
export function appArmorField(annotation: string): AppArmorProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  const [, localhostProfile] = /^localhost\/(.+)$/s.exec(annotation) ?? [];
  return localhostProfile === undefined ? undefined : { type: 'Localhost', localhostProfile };
}

export const isSameProfile = (a: AppArmorProfile | undefined, b: AppArmorProfile | undefined): boolean =>
  a?.type === b?.type && a?.localhostProfile === b?.localhostProfile;

const longestPath = 4095;
const isValid = ({ localhostProfile = 'a' }: AppArmorProfile) =>
  localhostProfile.trim() === localhostProfile && localhostProfile.length <= longestPath;

/** What the annotation of a container without a profile of its own comes to: the field, and whether to warn of it. */
function readAnnotation({ metadata, spec }: Pod, { name, securityContext }: Container) {
  const annotation = metadata.annotations?.[appArmorPrefix + name];
  if (annotation === undefined || securityContext?.appArmorProfile || spec?.os?.name === 'windows') return undefined;
  const read = appArmorField(annotation);
  const field = read && isValid(read) ? read : undefined;
  const isOfPod = isSameProfile(field, spec?.securityContext?.appArmorProfile);
  return { field: isOfPod ? undefined : field, isWarned: !field || !isOfPod };
}

function hasAnnotation({ metadata }: Pod): boolean {
  for (const key in metadata.annotations) if (key.startsWith(appArmorPrefix)) return true;
  return false;
}

const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** The Pod with the fields that its AppArmor annotations stand for. */
export function withAppArmorFields(pod: Pod): Pod {
  if (!hasAnnotation(pod)) return pod;
  const withField = <T extends Container>(container: T): T => {
    const field = readAnnotation(pod, container)?.field;
    if (!field) return container;
    return { ...container, securityContext: { ...container.securityContext, appArmorProfile: field } };
  };
  const changed = lists.flatMap((list) => {
    const containers = pod.spec?.[list];
    return containers ? [[list, containers.map(withField)] as const] : [];
  });
  return { ...pod, spec: { containers: [], ...pod.spec, ...Object.fromEntries(changed) } };
}

export const appArmorAdvice = 'deprecated since v1.30; use the "appArmorProfile" field instead';

/** Warnings about annotations before they have become fields. */
export function appArmorWarnings(pod: Pod): string[] {
  if (!hasAnnotation(pod)) return [];
  const path = FieldPath.of('metadata', 'annotations');
  return lists
    .flatMap((list): readonly Container[] => pod.spec?.[list] ?? [])
    .filter((container) => readAnnotation(pod, container)?.isWarned)
    .map(({ name }) => `${path.key(appArmorPrefix + name)}: ${appArmorAdvice}`);
}
