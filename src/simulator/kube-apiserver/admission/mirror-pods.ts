// A mirror Pod shows what a kubelet runs from a file of its node: it cannot refer to what only the API server has
// (plugin/pkg/admission/serviceaccount/admission.go and pkg/api/pod/util.go, VisitPodSecretNames, Kubernetes 1.36).
import type { Container, PodSpec, Volume } from '../../../api/object.ts';

export const mirror = 'kubernetes.io/config.mirror';

const usesSecret = ({ env = [], envFrom = [] }: Container) =>
  env.some(({ valueFrom }) => valueFrom?.secretKeyRef) || envFrom.some(({ secretRef }) => secretRef);

function holdsSecret(volume: Volume): boolean {
  const { azureFile, secret, projected, csi, cephfs, cinder, flexVolume, iscsi, rbd, scaleIO, storageos } = volume;
  return Boolean(
    azureFile?.secretName ??
    secret?.secretName ??
    projected?.sources?.some((source) => source.secret) ??
    csi?.nodePublishSecretRef ??
    [cephfs, cinder, flexVolume, iscsi, rbd, scaleIO, storageos].some((source) => source?.secretRef),
  );
}

/** What the Pod may not have, if it has it. */
export function mirrorProblem(spec: PodSpec): string | undefined {
  const { serviceAccountName, imagePullSecrets = [], volumes = [], ephemeralContainers = [] } = spec;
  const containers = [...(spec.initContainers ?? []), ...spec.containers, ...ephemeralContainers];
  if (serviceAccountName) return 'a mirror pod may not reference service accounts';
  if (imagePullSecrets.length > 0 || containers.some(usesSecret) || volumes.some(holdsSecret)) {
    return 'a mirror pod may not reference secrets';
  }
  const isToken = volumes.some(({ projected }) => projected?.sources?.some((source) => source.serviceAccountToken));
  return isToken ? 'a mirror pod may not use ServiceAccountToken volume projections' : undefined;
}
