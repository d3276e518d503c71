// The kinds that kustomize knows, whether they have namespaces, and which of their lists a strategic merge patch merges: by the OpenAPI
// document of Kubernetes 1.21.2, which kustomize brings along (sigs.k8s.io/kustomize/kyaml/openapi). Newer kinds and fields are unknown to it.

/** By apiVersion; those behind the bar have no namespaces. */
const known: Readonly<Record<string, string>> = {
  'admissionregistration.k8s.io/v1': '| MutatingWebhookConfiguration ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/v1beta1': '| MutatingWebhookConfiguration ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/v1': '| CustomResourceDefinition',
  'apiextensions.k8s.io/v1beta1': '| CustomResourceDefinition',
  'apiregistration.k8s.io/v1': '| APIService',
  'apiregistration.k8s.io/v1beta1': '| APIService',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet |',
  'autoscaling/v1': 'HorizontalPodAutoscaler Scale |',
  'autoscaling/v2beta1': 'HorizontalPodAutoscaler |',
  'autoscaling/v2beta2': 'HorizontalPodAutoscaler |',
  'batch/v1': 'CronJob Job |',
  'batch/v1beta1': 'CronJob |',
  'certificates.k8s.io/v1': '| CertificateSigningRequest',
  'certificates.k8s.io/v1beta1': '| CertificateSigningRequest',
  'coordination.k8s.io/v1': 'Lease |',
  'coordination.k8s.io/v1beta1': 'Lease |',
  'discovery.k8s.io/v1': 'EndpointSlice |',
  'discovery.k8s.io/v1beta1': 'EndpointSlice |',
  'events.k8s.io/v1': 'Event |',
  'events.k8s.io/v1beta1': 'Event |',
  'extensions/v1beta1': 'Ingress |',
  'flowcontrol.apiserver.k8s.io/v1beta1': '| FlowSchema PriorityLevelConfiguration',
  'networking.k8s.io/v1': 'Ingress NetworkPolicy | IngressClass',
  'networking.k8s.io/v1beta1': 'Ingress | IngressClass',
  'node.k8s.io/v1': '| RuntimeClass',
  'node.k8s.io/v1beta1': '| RuntimeClass',
  'policy/v1': 'PodDisruptionBudget |',
  'policy/v1beta1': 'PodDisruptionBudget | PodSecurityPolicy',
  'rbac.authorization.k8s.io/v1': 'Role RoleBinding | ClusterRole ClusterRoleBinding',
  'rbac.authorization.k8s.io/v1beta1': 'Role RoleBinding | ClusterRole ClusterRoleBinding',
  'scheduling.k8s.io/v1': '| PriorityClass',
  'scheduling.k8s.io/v1beta1': '| PriorityClass',
  'storage.k8s.io/v1': '| CSIDriver CSINode StorageClass VolumeAttachment',
  'storage.k8s.io/v1beta1': 'CSIStorageCapacity | CSIDriver CSINode StorageClass VolumeAttachment',
  v1: `ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret
    Service ServiceAccount | ComponentStatus Namespace Node PersistentVolume`,
};

function kindsOf(apiVersion: string): readonly [readonly string[], readonly string[]] {
  const text = Object.hasOwn(known, apiVersion) ? (known[apiVersion] ?? '') : '';
  const [namespaced = '', clusterScoped = ''] = text.split('|');
  return [namespaced.split(/\s+/), clusterScoped.split(/\s+/)];
}

/** Whether a kind is certain to have no namespace. What is unknown may have one. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  return kindsOf(apiVersion)[1].includes(kind);
}

/** What of a type matters to a patch: fields that lead to lists which are merged, and those lists' keys (none: of scalars). */
export interface MergeType {
  readonly fields?: Readonly<Record<string, MergeType>>;
  readonly keys?: readonly string[];
}

const by = (keys: readonly string[], fields: MergeType['fields'] = {}): MergeType => ({ keys, fields });
const conditions = { conditions: by(['type']) };

const metadata: MergeType = { fields: { finalizers: by([]), ownerReferences: by(['uid']) } };
const claim: MergeType = { fields: { metadata, status: { fields: conditions } } };

const mounts = { env: by(['name']), volumeDevices: by(['devicePath']), volumeMounts: by(['mountPath']) };
const container = { ...mounts, ports: by(['containerPort', 'protocol']) };
const podSpec: MergeType = {
  fields: {
    containers: by(['name'], container),
    ephemeralContainers: by(['name'], mounts),
    hostAliases: by(['ip']),
    imagePullSecrets: by(['name']),
    initContainers: by(['name'], container),
    topologySpreadConstraints: by(['topologyKey', 'whenUnsatisfiable']),
    volumes: by(['name'], { ephemeral: { fields: { volumeClaimTemplate: { fields: { metadata } } } } }),
  },
};
const template: MergeType = { fields: { metadata, spec: podSpec } };
const jobSpec: MergeType = { fields: { template } };
const workload = { spec: { fields: { template } }, status: { fields: conditions } };

/** By kind, in every version of its group. */
const types: Readonly<Record<string, MergeType['fields']>> = {
  APIService: { status: { fields: conditions } },
  ComponentStatus: conditions,
  CronJob: { spec: { fields: { jobTemplate: { fields: { metadata, spec: jobSpec } } } } },
  CSINode: { spec: { fields: { drivers: by(['name']) } } },
  DaemonSet: workload,
  Deployment: workload,
  Job: { spec: jobSpec, status: { fields: conditions } },
  MutatingWebhookConfiguration: { webhooks: by(['name']) },
  Namespace: { status: { fields: conditions } },
  Node: { spec: { fields: { podCIDRs: by([]) } }, status: { fields: { ...conditions, addresses: by(['type']) } } },
  PersistentVolumeClaim: claim.fields,
  Pod: { spec: podSpec, status: { fields: { ...conditions, podIPs: by(['ip']) } } },
  PodDisruptionBudget: { status: { fields: conditions } },
  PodTemplate: { template },
  ReplicaSet: workload,
  ReplicationController: workload,
  Service: { spec: { fields: { ports: by(['port', 'protocol']) } }, status: { fields: conditions } },
  ServiceAccount: { secrets: by(['name']) },
  StatefulSet: workload,
  ValidatingWebhookConfiguration: { webhooks: by(['name']) },
};

/** What a patch of an object of this kind merges; undefined for a kind that is not known, whose lists are all replaced. */
export function mergeTypeOf(apiVersion: string, kind: string): MergeType | undefined {
  if (!kindsOf(apiVersion).some((kinds) => kinds.includes(kind))) return undefined;
  return { fields: { metadata, ...(Object.hasOwn(types, kind) && types[kind]) } };
}
