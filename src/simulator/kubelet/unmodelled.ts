// The fields of a Pod that would make a real kubelet do something that ours does not: a Pod that sets one may fare otherwise.
import type { Container, Pod, Volume } from '../../api/object.ts';
import { dependsOnUnknownFiles } from './host-path.ts';

export interface UnmodelledField {
  /** As the server prints it: `spec.volumes[0].nfs`. */
  readonly path: string;
  readonly reason: string;
}

const podFields: Readonly<Record<string, string>> = {
  runtimeClassName: 'runtime classes are not modelled',
  ephemeralContainers: 'ephemeral containers are not modelled',
  resourceClaims: 'dynamic resource allocation on the node is not modelled',
  hostUsers: 'user namespaces are not modelled',
};

const containerFields: Readonly<Record<string, string>> = {
  restartPolicyRules: 'restart rules of single containers are not modelled',
  volumeDevices: 'block devices are not modelled',
};

/** Of claims is told when the volume behind them is known. */
const modelledVolumes = new Set([
  ...['name', 'configMap', 'secret', 'projected', 'emptyDir', 'hostPath', 'downwardAPI'],
  ...['persistentVolumeClaim', 'ephemeral'],
]);

/** What of the Pod the kubelet cannot answer for. */
export function unmodelledFields(pod: Pod): UnmodelledField[] {
  const { spec } = pod;
  if (!spec) return [];
  return [
    ...setFields(spec, podFields, 'spec'),
    ...(spec.volumes ?? []).flatMap((volume, i) => unmodelledVolume(volume, `spec.volumes[${i}]`)),
    ...(spec.initContainers ?? []).flatMap((c, i) => unmodelledContainer(c, `spec.initContainers[${i}]`)),
    ...(spec.containers ?? []).flatMap((c, i) => unmodelledContainer(c, `spec.containers[${i}]`)),
  ];
}

function setFields(object: object, known: Readonly<Record<string, string>>, path: string): UnmodelledField[] {
  const given = object as Readonly<Record<string, unknown>>;
  return Object.entries(known)
    .filter(([field]) => isSet(given[field]))
    .map(([field, reason]) => ({ path: `${path}.${field}`, reason }));
}

const isSet = (value: unknown) =>
  value !== undefined && value !== true && !(Array.isArray(value) && value.length === 0);

function unmodelledVolume(volume: Volume, path: string): UnmodelledField[] {
  if (volume.hostPath && dependsOnUnknownFiles(volume.hostPath)) {
    return [{ path: `${path}.hostPath.type`, reason: 'whether the path exists on the node is not known' }];
  }
  return Object.keys(volume)
    .filter((kind) => !modelledVolumes.has(kind))
    .map((kind) => ({ path: `${path}.${kind}`, reason: `mounting a volume of type ${kind} is not modelled` }));
}

function unmodelledContainer(container: Container, path: string): UnmodelledField[] {
  const probes = (['startupProbe', 'livenessProbe', 'readinessProbe'] as const).flatMap((field) => {
    const probe = container[field];
    if (probe?.grpc) return [{ path: `${path}.${field}.grpc`, reason: 'gRPC probes are not modelled' }];
    const host = probe?.httpGet?.host ?? probe?.tcpSocket?.host;
    return host ? [{ path: `${path}.${field}`, reason: 'a probe of another host is not modelled' }] : [];
  });
  // a subPath that is not there is made as a folder (makeMounts of pkg/kubelet/kubelet_pods.go); only one that is put together may fail
  const subPaths = (container.volumeMounts ?? []).flatMap(({ subPathExpr }, i) =>
    subPathExpr
      ? [{ path: `${path}.volumeMounts[${i}].subPathExpr`, reason: 'paths with variables in them are not modelled' }]
      : [],
  );
  const files = (container.env ?? []).flatMap(({ valueFrom }, i) =>
    valueFrom?.fileKeyRef
      ? [{ path: `${path}.env[${i}].valueFrom.fileKeyRef`, reason: 'environment files are not modelled' }]
      : [],
  );
  return [...setFields(container, containerFields, path), ...probes, ...subPaths, ...files];
}
