// The checks the restricted profile adds: what a hardened Pod must say of itself (k8s.io/pod-security-admission/policy, Kubernetes 1.36).
import type { Container } from '../../../../api/object.ts';
import { procMount } from './baseline.ts';
import {
  containersOf,
  distinct,
  forWindows,
  inUserNamespace,
  joinQuoted,
  named,
  namesOf,
  plural,
  setters,
  type Check,
  type PodLike,
  type Violation,
} from './check.ts';
import { forbiddenSeccompProfile, isAllowedSeccompType } from './seccomp.ts';

function allowPrivilegeEscalation({ spec }: PodLike, minor: number): Violation | undefined {
  if (forWindows(spec, minor)) return undefined;
  const bad = containersOf(spec).filter(({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
  if (bad.length === 0) return undefined;
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${named(namesOf(bad))} must set securityContext.allowPrivilegeEscalation=false`,
  };
}

function capabilities({ spec }: PodLike, minor: number): Violation | undefined {
  if (forWindows(spec, minor)) return undefined;
  const containers = containersOf(spec);
  const added = ({ securityContext }: Container) =>
    (securityContext?.capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
  const keeping = containers.filter(({ securityContext }) => !securityContext?.capabilities?.drop?.includes('ALL'));
  const adding = containers.filter((container) => added(container).length > 0);
  const details: string[] = [];
  if (keeping.length > 0) details.push(`${named(namesOf(keeping))} must set securityContext.capabilities.drop=["ALL"]`);
  if (adding.length > 0) {
    const names = joinQuoted(distinct(adding.flatMap(added)));
    details.push(`${named(namesOf(adding))} must not include ${names} in securityContext.capabilities.add`);
  }
  return details.length > 0 ? { reason: 'unrestricted capabilities', detail: details.join('; ') } : undefined;
}

const allowedVolumes = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected'],
  'secret',
];
/** Looked for in this order, should a volume be of several. */
const restrictedVolumeTypes = [
  ...['hostPath', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd'],
  ...['flexVolume', 'cinder', 'cephfs', 'flocker', 'fc', 'azureFile', 'vsphereVolume', 'quobyte', 'azureDisk'],
  ...['photonPersistentDisk', 'portworxVolume', 'scaleIO', 'storageos'],
];

function restrictedVolumes({ spec }: PodLike): Violation | undefined {
  const bad = (spec.volumes ?? []).filter((volume) => !allowedVolumes.some((type) => type in volume));
  if (bad.length === 0) return undefined;
  const types = distinct(bad.map((volume) => restrictedVolumeTypes.find((type) => type in volume) ?? 'unknown'));
  const volumes = `${plural(bad.length, 'volume', 'volumes')} ${joinQuoted(bad.map(({ name }) => name))}`;
  const what = plural(types.length, 'restricted volume type', 'restricted volume types');
  const detail = `${volumes} ${plural(bad.length, 'uses', 'use')} ${what} ${joinQuoted(types)}`;
  return { reason: 'restricted volume types', detail };
}

function runAsNonRoot({ spec }: PodLike, minor: number): Violation | undefined {
  if (inUserNamespace(spec, minor)) return undefined;
  const reason = 'runAsNonRoot != true';
  const whole = spec.securityContext?.runAsNonRoot;
  const containers = containersOf(spec);
  const rooted = containers.filter(({ securityContext }) => securityContext?.runAsNonRoot === false);
  const who = setters(whole === false, namesOf(rooted));
  if (who) return { reason, detail: `${who} must not set securityContext.runAsNonRoot=false` };
  const silent = whole ? [] : containers.filter(({ securityContext }) => securityContext?.runAsNonRoot === undefined);
  if (silent.length === 0) return undefined;
  return { reason, detail: `pod or ${named(namesOf(silent))} must set securityContext.runAsNonRoot=true` };
}

function runAsUser({ spec }: PodLike, minor: number): Violation | undefined {
  if (inUserNamespace(spec, minor)) return undefined;
  const rooted = containersOf(spec).filter(({ securityContext }) => securityContext?.runAsUser === 0);
  const who = setters(spec.securityContext?.runAsUser === 0, namesOf(rooted));
  return who ? { reason: 'runAsUser=0', detail: `${who} must not set runAsUser=0` } : undefined;
}

function seccompProfile({ spec }: PodLike, minor: number): Violation | undefined {
  if (forWindows(spec, minor)) return undefined;
  const forbidden = forbiddenSeccompProfile(spec);
  if (forbidden) return forbidden;
  const ofPod = spec.securityContext?.seccompProfile?.type;
  if (ofPod !== undefined && isAllowedSeccompType(ofPod)) return undefined;
  const silent = containersOf(spec).filter(({ securityContext }) => !securityContext?.seccompProfile);
  if (silent.length === 0) return undefined;
  const must = 'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
  return { reason: 'seccompProfile', detail: `pod or ${named(namesOf(silent))} ${must}` };
}

/** In the order of their names, which is that of the messages. */
export const restrictedChecks: readonly Check[] = [
  { id: 'allowPrivilegeEscalation', since: 8, violation: allowPrivilegeEscalation },
  { id: 'capabilities_restricted', since: 22, overrides: 'capabilities_baseline', violation: capabilities },
  { id: 'procMount_restricted', since: 35, overrides: 'procMount', violation: procMount },
  { id: 'restrictedVolumes', since: 0, overrides: 'hostPathVolumes', violation: restrictedVolumes },
  { id: 'runAsNonRoot', since: 0, violation: runAsNonRoot },
  { id: 'runAsUser', since: 23, violation: runAsUser },
  { id: 'seccompProfile_restricted', since: 19, overrides: 'seccompProfile_baseline', violation: seccompProfile },
];
