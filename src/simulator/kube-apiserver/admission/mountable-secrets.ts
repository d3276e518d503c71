// A service account can be made to let its Pods use only the Secrets it lists
// (plugin/pkg/admission/serviceaccount/admission.go, limitSecretReferences, Kubernetes 1.36).
import type { Container, PodSpec, ServiceAccount } from '../../../api/object.ts';

const enforced = 'kubernetes.io/enforce-mountable-secrets';

const truthy = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);

/** Why the Pod may not use one of its Secrets, or undefined. */
export function unmountableSecret(spec: PodSpec, account: ServiceAccount): string | undefined {
  if (!truthy.has(account.metadata.annotations?.[enforced] ?? '')) return undefined;
  const name = account.metadata.name ?? '';
  const mountable = new Set((account.secrets ?? []).map((secret) => secret.name));
  for (const { secret } of spec.volumes ?? []) {
    if (secret && !mountable.has(secret.secretName ?? '')) {
      return notReferenced(`volume with secret.secretName="${secret.secretName ?? ''}"`, name);
    }
  }
  const inContainer = [...labelled('init ', spec.initContainers), ...labelled('', spec.containers)];
  for (const [kind, { name: container, env, envFrom }] of inContainer) {
    for (const { name: variable, valueFrom } of env ?? []) {
      const secret = valueFrom?.secretKeyRef?.name;
      if (secret !== undefined && !mountable.has(secret)) {
        return notReferenced(
          `${kind}container ${container} with envVar ${variable} referencing secret.secretName="${secret}"`,
          name,
        );
      }
    }
    for (const { secretRef } of envFrom ?? []) {
      const secret = secretRef?.name;
      if (secret !== undefined && !mountable.has(secret)) {
        return notReferenced(
          `${kind}container ${container} with envFrom referencing secret.secretName="${secret}"`,
          name,
        );
      }
    }
  }
  const pullable = new Set((account.imagePullSecrets ?? []).map((secret) => secret.name));
  for (const [i, { name: secret }] of (spec.imagePullSecrets ?? []).entries()) {
    if (pullable.has(secret)) continue;
    const what = `imagePullSecrets[${i}].name="${secret ?? ''}"`;
    return `${what} is not allowed because service account ${name} does not reference that imagePullSecret`;
  }
  return undefined;
}

const labelled = (kind: string, containers: readonly Container[] = []) =>
  containers.map((container) => [kind, container] as const);

const notReferenced = (what: string, account: string) =>
  `${what} is not allowed because service account ${account} does not reference that secret`;
