// A Pod runs as a service account, and gets the account's token unless either of the two declines
// (plugin/pkg/admission/serviceaccount, Kubernetes 1.36).
import { copyWith } from '../../../base/copy.ts';
import type { Container, Pod, PodSpec, ServiceAccount, Volume } from '../../../api/object.ts';
import { invalidPathSegment } from '../registry/path-segment.ts';
import { isPod, refuse, type AdmissionPlugin, type AdmissionRequest, type AdmissionVerdict } from './plugin.ts';
import { mirror, mirrorProblem } from './mirror-pods.ts';
import { unmountableSecret } from './mountable-secrets.ts';

const volumePrefix = 'kube-api-access-';
const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Longer than an hour, so that the kubelet can tell these tokens from those asked for an hour. */
const tokenSeconds = 3607;

/** The token, what to know the server by, and the namespace. */
const projected: Volume['projected'] = {
  sources: [
    { serviceAccountToken: { expirationSeconds: tokenSeconds, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: {
        items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
      },
    },
  ],
  defaultMode: 0o644,
};

const tokenVolume = (name: string): Volume => ({ name, projected });

/** A container that has something at the path already gets no token there. */
function withMount(container: Container, volume: string): Container {
  const mounts = container.volumeMounts ?? [];
  if (mounts.some((mount) => mount.mountPath === mountPath)) return container;
  return copyWith(container, { volumeMounts: [...mounts, { name: volume, readOnly: true, mountPath }] });
}

function withToken(spec: PodSpec, suffix: () => string, changed: string[]): PodSpec {
  const existing = spec.volumes?.find(({ name }) => name.startsWith(volumePrefix))?.name;
  const volume = existing ?? volumePrefix + suffix();
  const containers = spec.containers.map((container) => withMount(container, volume));
  const initContainers = spec.initContainers?.map((container) => withMount(container, volume));
  const mounted = (list: readonly Container[] = [], before: readonly Container[] = [], path: string) => {
    for (const [i, container] of list.entries()) {
      if (container !== before[i]) changed.push(`${path}[${i}].volumeMounts`);
    }
  };
  const before = changed.length;
  mounted(initContainers, spec.initContainers, 'spec.initContainers');
  mounted(containers, spec.containers, 'spec.containers');
  if (changed.length === before) return spec;
  if (!existing) changed.push('spec.volumes');
  return copyWith(spec, {
    containers,
    ...(initContainers && { initContainers }),
    ...(!existing && { volumes: [...(spec.volumes ?? []), tokenVolume(volume)] }),
  });
}

type Lookup = { readonly account: ServiceAccount } | { readonly error: string };

function lookUp(
  { namespace = '' }: AdmissionRequest,
  name: string,
  reader: Parameters<NonNullable<AdmissionPlugin['admit']>>[1]['reader'],
): Lookup {
  const account = reader.get<ServiceAccount>('serviceaccounts', namespace, name);
  if (account) return { account };
  const why = invalidPathSegment(name) ?? `serviceaccount "${name}" not found`;
  return { error: `error looking up service account ${namespace}/${name}: ${why}` };
}

function validate(request: AdmissionRequest, spec: PodSpec, account: ServiceAccount): AdmissionVerdict {
  const secret = unmountableSecret(spec, account);
  return secret ? refuse({ ...request }, secret) : undefined;
}

export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  resources: ['pods'],
  admit(request, { reader, suffix }) {
    if (!isPod(request) || request.operation !== 'CREATE') return undefined;
    const pod = request.object as Pod;
    const { spec } = pod;
    if (!spec) return undefined;
    if (pod.metadata.annotations?.[mirror] !== undefined) {
      const problem = mirrorProblem(spec);
      return problem ? refuse(request, problem) : undefined;
    }
    const changed: string[] = [];
    const name = spec.serviceAccountName || 'default';
    const found = lookUp(request, name, reader);
    if ('error' in found) return refuse(request, found.error);
    const { account } = found;
    let filled = spec;
    if (spec.serviceAccountName !== name || spec.serviceAccount !== name) {
      changed.push('spec.serviceAccountName');
      // The API shows the name under its old field as well.
      filled = copyWith(spec, { serviceAccountName: name, serviceAccount: name });
    }
    const mounts = spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
    if (mounts) filled = withToken(filled, suffix, changed);
    if (!spec.imagePullSecrets?.length && account.imagePullSecrets?.length) {
      changed.push('spec.imagePullSecrets');
      filled = { ...filled, imagePullSecrets: account.imagePullSecrets };
    }
    return validate(request, filled, account) ?? { object: copyWith(pod, { spec: filled }) as Pod, changed };
  },
};
