// Which fields name which objects, as kustomize knows it (sigs.k8s.io/kustomize/api/internal/konfig/builtinpluginconsts/namereference.go), in the order in
// which it goes through them. Its entry for IngressClass is left out, because it has a group that no object has.
import type { FieldSpec } from './field-specs.ts';
import type { GvkSelector } from './ids.ts';

interface ReferenceSpec {
  readonly target: GvkSelector;
  readonly referrers: readonly FieldSpec[];
}

const template = 'spec/template/spec';
/** Where the Pods of a kind are described. */
const pods: Readonly<Record<string, string>> = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: template,
  ReplicaSet: template,
  ReplicationController: template,
  DaemonSet: template,
  StatefulSet: template,
  Job: template,
  CronJob: 'spec/jobTemplate/spec/template/spec',
};

function inPods(kinds: string, fields: readonly string[]): FieldSpec[] {
  return kinds.split(' ').flatMap((kind) => fields.map((field) => ({ path: `${pods[kind] ?? ''}/${field}`, kind })));
}

const mounting = 'Pod PodTemplate Deployment ReplicaSet DaemonSet StatefulSet Job CronJob';
const others = 'Pod StatefulSet Deployment ReplicationController CronJob Job DaemonSet';
const inContainers = (fields: readonly string[]) =>
  fields.flatMap((field) => ['containers', 'initContainers'].map((list) => `${list}/${field}`));

const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';
const roles: FieldSpec[] = ['Role', 'ClusterRole'].map((kind) => ({ path: 'rules/resourceNames', kind }));
const of = (kind: string, ...paths: string[]): FieldSpec[] => paths.map((path) => ({ path, kind }));
const scaled = (kind: string): ReferenceSpec => ({
  target: { kind },
  referrers: of('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name'),
});

const specs: readonly ReferenceSpec[] = [
  {
    target: { kind: 'StorageClass', version: 'v1', group: 'storage.k8s.io' },
    referrers: [
      ...of('PersistentVolume', 'spec/storageClassName'),
      ...of('PersistentVolumeClaim', 'spec/storageClassName'),
      ...of('StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'),
    ],
  },
  {
    target: { kind: 'ServiceAccount', version: 'v1' },
    referrers: [
      ...['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({ path: 'subjects', kind, group: rbac })),
      ...inPods(others, ['serviceAccountName']),
    ],
  },
  {
    target: { kind: 'Role', group: rbac },
    referrers: [{ path: 'roleRef/name', kind: 'RoleBinding', group: rbac }],
  },
  {
    target: { kind: 'ClusterRole', group: rbac },
    referrers: ['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({ path: 'roleRef/name', kind, group: rbac })),
  },
  {
    target: { kind: 'ConfigMap', version: 'v1' },
    referrers: [
      ...inPods(mounting, [
        'volumes/configMap/name',
        'volumes/projected/sources/configMap/name',
        ...inContainers(['env/valueFrom/configMapKeyRef/name', 'envFrom/configMapRef/name']),
      ]),
      ...of('Node', 'spec/configSource/configMap'),
      ...roles,
      ...of('Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap'),
    ],
  },
  {
    target: { kind: 'Secret', version: 'v1' },
    referrers: [
      ...inPods(mounting, [
        'volumes/secret/secretName',
        'volumes/projected/sources/secret/name',
        'imagePullSecrets/name',
        ...inContainers(['env/valueFrom/secretKeyRef/name', 'envFrom/secretRef/name']),
      ]),
      ...of(
        'Ingress',
        'spec/tls/secretName',
        'metadata/annotations/ingress.kubernetes.io\\/auth-secret',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret',
      ),
      ...of('ServiceAccount', 'imagePullSecrets/name'),
      ...of(
        'StorageClass',
        ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((name) => `parameters/${name}`),
      ),
      ...roles,
      {
        path: `${template}/containers/env/valueFrom/secretKeyRef/name`,
        kind: 'Service',
        group: 'serving.knative.dev',
        version: 'v1',
      },
      ...of('PersistentVolume', 'spec/azureFile/secretName'),
    ],
  },
  {
    target: { kind: 'Service', version: 'v1' },
    referrers: [
      { path: 'spec/serviceName', kind: 'StatefulSet', group: 'apps' },
      ...of(
        'Ingress',
        'spec/rules/http/paths/backend/serviceName',
        'spec/backend/serviceName',
        'spec/rules/http/paths/backend/service/name',
        'spec/defaultBackend/service/name',
      ),
      { path: 'spec/service/name', kind: 'APIService', group: 'apiregistration.k8s.io' },
      ...['Validating', 'Mutating'].map((name) => ({
        path: 'webhooks/clientConfig/service',
        kind: `${name}WebhookConfiguration`,
        group: admission,
      })),
    ],
  },
  {
    target: { kind: 'PriorityClass', version: 'v1', group: 'scheduling.k8s.io' },
    referrers: inPods(others, ['priorityClassName']),
  },
  {
    target: { kind: 'PersistentVolume', version: 'v1' },
    referrers: [...of('PersistentVolumeClaim', 'spec/volumeName'), ...of('ClusterRole', 'rules/resourceNames')],
  },
  {
    target: { kind: 'PersistentVolumeClaim', version: 'v1' },
    referrers: inPods(others, ['volumes/persistentVolumeClaim/claimName']),
  },
  scaled('Deployment'),
  scaled('StatefulSet'),
  {
    target: { kind: 'ValidatingAdmissionPolicy', group: admission },
    referrers: [{ path: 'spec/policyName', kind: 'ValidatingAdmissionPolicyBinding', group: admission }],
  },
  scaled('ReplicaSet'),
  scaled('ReplicationController'),
];

export const referenceSpecs = (): readonly ReferenceSpec[] => specs;
