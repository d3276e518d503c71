// What must be right before a container can be created: its environment and its user
// (makeEnvironmentVariables of kubelet_pods.go, verifyRunAsNonRoot of kuberuntime/security_context.go).
import type { Container, Pod } from '../../api/object.ts';
import type { ConfigReferences } from './config-references.ts';
import type { ContainerConfig, RuntimeImage } from './containerd/cri.ts';
import { formatPod } from './pod-names.ts';

/** Why the container's configuration cannot be made, in the kubelet's words; undefined: it can. */
export function configProblem(
  pod: Pod,
  container: Container,
  references: ConfigReferences,
  image: RuntimeImage | undefined,
): string | undefined {
  return environmentProblem(pod, container, references) ?? rootProblem(pod, container, image);
}

/** The user the Pod asks for: the container's word before the Pod's. */
export function requestedUser({ spec }: Pod, { securityContext }: Container): ContainerConfig['user'] {
  const uid = securityContext?.runAsUser ?? spec?.securityContext?.runAsUser;
  const gid = securityContext?.runAsGroup ?? spec?.securityContext?.runAsGroup;
  const { supplementalGroups = [], fsGroup } = spec?.securityContext ?? {};
  return {
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    supplementalGroups: fsGroup === undefined ? supplementalGroups : [fsGroup, ...supplementalGroups],
  };
}

interface Source {
  readonly name?: string;
  readonly key?: string;
  readonly optional?: boolean;
}

function environmentProblem(
  { metadata: { namespace = '' } }: Pod,
  { env = [], envFrom = [] }: Container,
  references: ConfigReferences,
): string | undefined {
  const wholes = envFrom.map(({ configMapRef, secretRef }) => [configMapRef, secretRef] as const);
  const keys = env.map(({ valueFrom }) => [valueFrom?.configMapKeyRef, valueFrom?.secretKeyRef] as const);
  for (const [configMap, secret] of [...wholes, ...keys]) {
    const problem =
      problemOf('ConfigMap', namespace, configMap, references) ?? problemOf('Secret', namespace, secret, references);
    if (problem) return problem;
  }
  return undefined;
}

function problemOf(
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
  source: Source | undefined,
  references: ConfigReferences,
): string | undefined {
  if (!source || source.optional) return undefined;
  const { name = '', key } = source;
  const object = kind === 'Secret' ? references.secret(namespace, name) : references.configMap(namespace, name);
  if (!object) {
    const isOpen = references.mayOmit(kind === 'Secret' ? 'secrets' : 'configmaps');
    return isOpen ? undefined : `${kind.toLowerCase()} "${name}" not found`;
  }
  if (key === undefined || object.data?.[key] !== undefined) return undefined;
  return `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
}

function rootProblem(pod: Pod, container: Container, image: RuntimeImage | undefined): string | undefined {
  const nonRoot = container.securityContext?.runAsNonRoot ?? pod.spec?.securityContext?.runAsNonRoot;
  if (!nonRoot) return undefined;
  const where = `(pod: "${formatPod(pod)}", container: ${container.name})`;
  const { uid } = requestedUser(pod, container);
  if (uid !== undefined) return uid === 0 ? `container's runAsUser breaks non-root policy ${where}` : undefined;
  if (image?.uid === 0) return `container has runAsNonRoot and image will run as root ${where}`;
  if (image?.username) {
    return `container has runAsNonRoot and image has non-numeric user (${image.username}), cannot verify user is non-root ${where}`;
  }
  return undefined;
}
