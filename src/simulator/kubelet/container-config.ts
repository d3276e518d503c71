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

function environmentProblem(pod: Pod, { env = [], envFrom = [] }: Container, references: ConfigReferences) {
  const { namespace = '' } = pod.metadata;
  for (const { configMapRef, secretRef } of envFrom) {
    const problem =
      (configMapRef?.name &&
        missing(
          'configmap',
          configMapRef.name,
          configMapRef.optional,
          references.configMap(namespace, configMapRef.name),
        )) ||
      (secretRef?.name &&
        missing('secret', secretRef.name, secretRef.optional, references.secret(namespace, secretRef.name)));
    if (problem) return problem;
  }
  for (const { valueFrom } of env) {
    const problem = keyProblem(namespace, valueFrom, references);
    if (problem) return problem;
  }
  return undefined;
}

function missing(kind: string, name: string, optional: boolean | undefined, object: unknown): string | undefined {
  return object || optional ? undefined : `${kind} "${name}" not found`;
}

type ValueSource = NonNullable<Container['env']>[number]['valueFrom'];

function keyProblem(namespace: string, source: ValueSource, references: ConfigReferences): string | undefined {
  const { configMapKeyRef, secretKeyRef } = source ?? {};
  if (configMapKeyRef) {
    const { name = '', key, optional } = configMapKeyRef;
    const object = references.configMap(namespace, name);
    if (!object) return missing('configmap', name, optional, object);
    const found = object.data?.[key] !== undefined;
    return found || optional ? undefined : `couldn't find key ${key} in ConfigMap ${namespace}/${name}`;
  }
  if (secretKeyRef) {
    const { name = '', key, optional } = secretKeyRef;
    const object = references.secret(namespace, name);
    if (!object) return missing('secret', name, optional, object);
    const found = object.data?.[key] !== undefined;
    return found || optional ? undefined : `couldn't find key ${key} in Secret ${namespace}/${name}`;
  }
  return undefined;
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
