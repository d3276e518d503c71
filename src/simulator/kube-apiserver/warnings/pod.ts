// Warnings about Pods and templates of Pods (pkg/api/pod/warnings.go, Kubernetes 1.36).
import { FieldPath } from '../../../api/field-path.ts';
import { quote } from '../../../api/go-text.ts';
import type { Container, ContainerPort, ObjectMeta, PodAffinity, PodSpec } from '../../../api/object.ts';
import {
  appArmorAdvice,
  appArmorField,
  appArmorPrefix,
  isSameProfile,
  seccompOfPod,
  seccompPrefix,
} from '../registry/pods/profiles.ts';
import { visitContainers } from '../validation/pod/os.ts';
import { fractionWarnings } from './claim.ts';
import { nodeLabelWarnings } from './node-labels.ts';
import { volumeWarnings } from './volumes.ts';

const noSelector = 'a null labelSelector results in matching no pod';

const deprecatedAnnotations: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
};

/** `path` is that of the template; absent for a Pod. */
export function podWarnings(metadata: ObjectMeta, given: PodSpec | undefined, path: FieldPath | undefined): string[] {
  if (!given) return [];
  const spec = path ? path.child('spec') : FieldPath.of('spec');
  const annotations = path ? path.child('metadata', 'annotations') : FieldPath.of('metadata', 'annotations');
  const found = nodeLabelWarnings(given, spec);
  for (const [key, advice] of Object.entries(deprecatedAnnotations)) {
    if (metadata.annotations?.[key] !== undefined) found.push(`${annotations.key(key)}: ${advice}`);
  }
  found.push(...volumeWarnings(given.volumes, spec.child('volumes')), ...listWarnings(given, spec));
  for (const name of ['memory', 'ephemeral-storage']) {
    found.push(...fractionWarnings(given.overhead?.[name], spec.child('overhead').key(name)));
  }
  const profile = profileWarnings(metadata.annotations ?? {}, given, annotations, path !== undefined);
  found.push(...profile());
  visitContainers(given, spec, (container, at) =>
    found.push(...profile(container), ...containerWarnings(container, at)),
  );
  found.push(...portWarnings(given, spec), ...portNameWarnings(given, spec));
  if ((given.terminationGracePeriodSeconds ?? 0) < 0) {
    const advice = 'must be >= 0; negative values are invalid and will be treated as 1';
    found.push(`${spec.child('terminationGracePeriodSeconds')}: ${advice}`);
  }
  for (const name of ['podAffinity', 'podAntiAffinity'] as const) {
    found.push(...affinityWarnings(given.affinity?.[name], spec.child('affinity', name)));
  }
  return found;
}

/**
 * Warnings about profiles in annotations, of the Pod or of a container of it. What AppArmor annotations of a Pod come to is told before
 * they become fields; of a template they stay annotations.
 */
function profileWarnings(
  annotations: NonNullable<ObjectMeta['annotations']>,
  { securityContext: ofPod }: PodSpec,
  path: FieldPath,
  isTemplate: boolean,
) {
  const seccomp = (key: string) =>
    annotations[key] === undefined
      ? []
      : [`${path.key(key)}: non-functional in v1.27+; use the "seccompProfile" field instead`];
  return (container?: Container): string[] => {
    if (!container) return ofPod?.seccompProfile ? [] : seccomp(seccompOfPod);
    const { name, securityContext } = container;
    const key = appArmorPrefix + name;
    const annotation = annotations[key];
    const isTold = annotation !== undefined && isTemplate && !securityContext?.appArmorProfile;
    const isOfPod = ofPod?.appArmorProfile && isSameProfile(ofPod.appArmorProfile, appArmorField(annotation ?? ''));
    return [
      ...(securityContext?.seccompProfile ? [] : seccomp(seccompPrefix + name)),
      ...(isTold && !isOfPod ? [`${path.key(key)}: ${appArmorAdvice}`] : []),
    ];
  };
}

/** Entries of lists that are there twice, or say nothing. */
function listWarnings({ hostAliases = [], imagePullSecrets = [] }: PodSpec, spec: FieldPath): string[] {
  const found: string[] = [];
  const addresses = new Set<string>();
  hostAliases.forEach(({ ip }, i) => {
    const at = spec.child('hostAliases').index(i).child('ip');
    if (addresses.has(ip)) found.push(`${at}: duplicate ip ${quote(ip)}`);
    addresses.add(ip);
  });
  const names = new Set<string>();
  const nameAt = (i: number) => spec.child('imagePullSecrets').index(i).child('name');
  imagePullSecrets.forEach(({ name = '' }, i) => {
    if (names.has(name)) found.push(`${nameAt(i)}: duplicate name ${quote(name)}`);
    names.add(name);
  });
  imagePullSecrets.forEach(({ name = '' }, i) => {
    if (!name) found.push(`${nameAt(i)}: invalid empty name ""`);
  });
  return found;
}

function containerWarnings({ resources = {}, env = [] }: Container, path: FieldPath): string[] {
  const found: string[] = [];
  for (const name of ['memory', 'ephemeral-storage']) {
    for (const list of ['limits', 'requests'] as const) {
      found.push(...fractionWarnings(resources[list]?.[name], path.child('resources', list).key(name)));
    }
  }
  const names = new Set<string>();
  env.forEach(({ name, value = '', valueFrom }, i) => {
    const before = `$(${name})`;
    // a value that is built on the one before it is meant to replace it
    const builds = !valueFrom && value !== before && value.includes(before);
    if (names.has(name) && !builds) {
      const at = path.child('env').index(i);
      found.push(`${at}: hides previous definition of ${quote(name)}, which may be dropped when using apply`);
    }
    names.add(name);
  });
  return found;
}

/** `%+v` of the server's struct. */
function goPort({ name = '', hostPort = 0, containerPort, protocol = '', hostIP = '' }: ContainerPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}

/** How two definitions of one port get into each other's way, if they do. */
function conflictOf(a: ContainerPort, b: ContainerPort): string | undefined {
  const [portA, portB] = [a.hostPort ?? 0, b.hostPort ?? 0];
  const [addressA, addressB] = [a.hostIP ?? '', b.hostIP ?? ''];
  if (portA === portB && addressA === addressB) return 'duplicate';
  if (portA === 0 || portB === 0) return 'overlapping';
  return portA === portB && (addressA === '') !== (addressB === '') ? 'dangerously ambiguous' : undefined;
}

function portWarnings(pod: PodSpec, spec: FieldPath): string[] {
  const found: string[] = [];
  const defined = new Map<string, { readonly port: ContainerPort; readonly at: FieldPath }[]>();
  visitContainers(pod, spec, ({ ports = [] }, path) =>
    ports.forEach((port, i) => {
      const at = path.child('ports').index(i);
      if (port.hostIP && !port.hostPort) found.push(`${at}: hostIP set without hostPort: ${goPort(port)}`);
      const key = `${port.containerPort}/${port.protocol}`;
      const others = defined.get(key) ?? [];
      for (const other of others) {
        const conflict = conflictOf(port, other.port);
        if (conflict) found.push(`${at}: ${conflict} port definition with ${other.at}`);
      }
      defined.set(key, [...others, { port, at }]);
    }),
  );
  return found;
}

function portNameWarnings(pod: PodSpec, spec: FieldPath): string[] {
  const found: string[] = [];
  const first = new Map<string, FieldPath>();
  visitContainers(pod, spec, ({ ports = [] }, path) =>
    ports.forEach(({ name }, i) => {
      if (!name) return;
      const at = path.child('ports').index(i);
      const other = first.get(name);
      if (!other) first.set(name, at);
      else {
        const advice = `services and probes that select ports by name will use ${other}`;
        found.push(`${at}: duplicate port name ${quote(name)} with ${other}, ${advice}`);
      }
    }),
  );
  return found;
}

function affinityWarnings(affinity: PodAffinity | undefined, path: FieldPath): string[] {
  const needed = path.child('requiredDuringSchedulingIgnoredDuringExecution');
  const preferred = path.child('preferredDuringSchedulingIgnoredDuringExecution');
  const found: string[] = [];
  affinity?.requiredDuringSchedulingIgnoredDuringExecution?.forEach(({ labelSelector }, i) => {
    if (!labelSelector) found.push(`${needed.index(i).child('labelSelector')}: ${noSelector}`);
  });
  affinity?.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ podAffinityTerm }, i) => {
    if (podAffinityTerm.labelSelector) return;
    found.push(`${preferred.index(i).child('podAffinityTerm', 'labelSelector')}: ${noSelector}`);
  });
  return found;
}
