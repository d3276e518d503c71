// Objects in the shape in which well-known charts make them: nothing is wrong with any of them, and nothing may be said to be.
import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../../src/api/object.ts';
import { resourceOfKind } from '../../../src/api/resources.ts';
import { Cluster, message, type Manifest } from './server-fixture.ts';

const charts: Readonly<Record<string, string>> = {
  'an ingress controller': `
apiVersion: v1
kind: ServiceAccount
metadata: { name: ingress-nginx, namespace: default }
automountServiceAccountToken: true
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ingress-nginx-controller, namespace: default }
data: { allow-snippet-annotations: "false" }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: ingress-nginx }
rules:
- { apiGroups: [""], resources: [configmaps, endpoints, nodes, pods, secrets, namespaces], verbs: [list, watch] }
- { apiGroups: [networking.k8s.io], resources: [ingresses/status], verbs: [update] }
- { apiGroups: [coordination.k8s.io], resources: [leases], resourceNames: [ingress-nginx-leader], verbs: [get, update] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: ingress-nginx }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ingress-nginx }
subjects: [{ kind: ServiceAccount, name: ingress-nginx, namespace: default }]
---
apiVersion: v1
kind: Service
metadata: { name: ingress-nginx-controller, namespace: default }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  ipFamilyPolicy: SingleStack
  ipFamilies: [IPv4]
  ports:
  - { name: http, port: 80, protocol: TCP, targetPort: http, appProtocol: http }
  - { name: https, port: 443, protocol: TCP, targetPort: https, appProtocol: https }
  selector: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress-nginx-controller, namespace: default }
spec:
  revisionHistoryLimit: 10
  minReadySeconds: 0
  selector: { matchLabels: { app.kubernetes.io/name: ingress-nginx } }
  template:
    metadata: { labels: { app.kubernetes.io/name: ingress-nginx } }
    spec:
      dnsPolicy: ClusterFirst
      serviceAccountName: ingress-nginx
      terminationGracePeriodSeconds: 300
      nodeSelector: { kubernetes.io/os: linux }
      containers:
      - name: controller
        image: registry.k8s.io/ingress-nginx/controller:v1.11.3@sha256:d56f135b6462cfc476447cfe564b83a45e8bb7da2774963b00d12161112270b7
        lifecycle: { preStop: { exec: { command: [/wait-shutdown] } } }
        args: [/nginx-ingress-controller, --election-id=ingress-nginx-leader]
        securityContext:
          runAsNonRoot: true
          runAsUser: 101
          allowPrivilegeEscalation: false
          seccompProfile: { type: RuntimeDefault }
          capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] }
        env:
        - { name: POD_NAME, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
        - { name: LD_PRELOAD, value: /usr/local/lib/libmimalloc.so }
        livenessProbe: { httpGet: { path: /healthz, port: 10254, scheme: HTTP }, failureThreshold: 5, periodSeconds: 10 }
        ports:
        - { name: http, containerPort: 80, protocol: TCP }
        - { name: webhook, containerPort: 8443, protocol: TCP }
        volumeMounts: [{ name: webhook-cert, mountPath: /usr/local/certificates/, readOnly: true }]
        resources: { requests: { cpu: 100m, memory: 90Mi } }
      volumes: [{ name: webhook-cert, secret: { secretName: ingress-nginx-admission } }]
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: k8s.io/ingress-nginx }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: ingress-nginx-admission }
webhooks:
- name: validate.nginx.ingress.kubernetes.io
  matchPolicy: Equivalent
  rules: [{ apiGroups: [networking.k8s.io], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [ingresses] }]
  failurePolicy: Fail
  sideEffects: None
  admissionReviewVersions: [v1]
  clientConfig: { service: { name: ingress-nginx-controller-admission, namespace: default, path: /networking/v1/ingresses } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: ingress-nginx-admission-create, namespace: default }
spec:
  ttlSecondsAfterFinished: 0
  template:
    spec:
      restartPolicy: OnFailure
      serviceAccountName: ingress-nginx
      containers: [{ name: create, image: registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.4.4, args: [create] }]
`,
  certificates: `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: issuers.cert-manager.io }
spec:
  group: cert-manager.io
  names: { kind: Issuer, listKind: IssuerList, plural: issuers, singular: issuer, categories: [cert-manager] }
  scope: Namespaced
  versions:
  - name: v1
    subresources: { status: {} }
    additionalPrinterColumns:
    - { jsonPath: '.status.conditions[?(@.type=="Ready")].status', name: Ready, type: string }
    - { jsonPath: .metadata.creationTimestamp, name: Age, type: date }
    schema:
      openAPIV3Schema:
        type: object
        required: [spec]
        properties:
          apiVersion: { type: string }
          kind: { type: string }
          metadata: { type: object }
          spec:
            type: object
            properties:
              acme: { type: object, x-kubernetes-preserve-unknown-fields: true }
              ca: { type: object, required: [secretName], properties: { secretName: { type: string } } }
          status:
            type: object
            properties:
              conditions:
                type: array
                x-kubernetes-list-map-keys: [type]
                x-kubernetes-list-type: map
                items:
                  type: object
                  required: [status, type]
                  properties:
                    lastTransitionTime: { type: string, format: date-time }
                    status: { type: string, enum: ["True", "False", Unknown] }
                    type: { type: string }
    served: true
    storage: true
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: cert-manager-webhook, annotations: { cert-manager.io/inject-ca-from-secret: default/webhook-ca } }
webhooks:
- name: webhook.cert-manager.io
  rules: [{ apiGroups: [cert-manager.io], apiVersions: [v1], operations: [CREATE], resources: [certificaterequests] }]
  admissionReviewVersions: [v1]
  matchPolicy: Equivalent
  timeoutSeconds: 30
  failurePolicy: Fail
  sideEffects: None
  clientConfig: { service: { name: cert-manager-webhook, namespace: default, path: /mutate } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: default, annotations: { cert-manager.io/cluster-issuer: letsencrypt } }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [example.com], secretName: web-tls }]
  rules:
  - host: example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { name: http } } } }] }
`,
  monitoring: `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: node-exporter, namespace: default }
spec:
  selector: { matchLabels: { app: node-exporter } }
  updateStrategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 1 } }
  template:
    metadata: { labels: { app: node-exporter } }
    spec:
      hostNetwork: true
      hostPID: true
      automountServiceAccountToken: false
      tolerations: [{ effect: NoSchedule, operator: Exists }]
      containers:
      - name: node-exporter
        image: quay.io/prometheus/node-exporter:v1.8.2
        args: [--path.procfs=/host/proc, --path.rootfs=/host/root]
        ports: [{ name: http-metrics, containerPort: 9100, protocol: TCP }]
        volumeMounts:
        - { name: proc, mountPath: /host/proc, readOnly: true }
        - { name: root, mountPath: /host/root, mountPropagation: HostToContainer, readOnly: true }
      volumes:
      - { name: proc, hostPath: { path: /proc } }
      - { name: root, hostPath: { path: / } }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: prometheus, namespace: default }
spec:
  serviceName: prometheus
  podManagementPolicy: Parallel
  replicas: 2
  selector: { matchLabels: { app: prometheus } }
  template:
    metadata: { labels: { app: prometheus } }
    spec:
      securityContext: { fsGroup: 2000, runAsNonRoot: true, runAsUser: 1000 }
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
          - weight: 100
            podAffinityTerm: { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: prometheus } } }
      containers:
      - name: prometheus
        image: quay.io/prometheus/prometheus:v2.54.1
        startupProbe: { httpGet: { path: /-/ready, port: web }, failureThreshold: 60, periodSeconds: 15, timeoutSeconds: 3 }
        ports: [{ name: web, containerPort: 9090 }]
        volumeMounts: [{ name: db, mountPath: /prometheus, subPath: prometheus-db }, { name: config, mountPath: /etc/config }]
      volumes: [{ name: config, projected: { sources: [{ configMap: { name: rules, optional: true } }] } }]
  volumeClaimTemplates:
  - metadata: { name: db }
    spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 50Gi } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: prometheus, namespace: default }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: prometheus } } }
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1beta1.metrics.k8s.io }
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: { name: metrics-server, namespace: kube-system, port: 443 }
---
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: { name: metrics }
spec:
  matchingPrecedence: 800
  distinguisherMethod: { type: ByUser }
  priorityLevelConfiguration: { name: workload-low }
  rules:
  - subjects: [{ kind: ServiceAccount, serviceAccount: { name: prometheus, namespace: default } }]
    resourceRules: [{ verbs: [list, watch], apiGroups: ["*"], resources: ["*"], namespaces: ["*"], clusterScope: true }]
    nonResourceRules: [{ verbs: [get], nonResourceURLs: [/metrics] }]
`,
  delivery: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: argocd-repo-server, namespace: default }
spec:
  podSelector: { matchLabels: { app.kubernetes.io/name: argocd-repo-server } }
  policyTypes: [Ingress]
  ingress:
  - from: [{ podSelector: { matchLabels: { app.kubernetes.io/name: argocd-server } } }]
    ports: [{ protocol: TCP, port: 8081 }]
  - from: [{ namespaceSelector: {} }]
    ports: [{ port: 8084 }]
---
apiVersion: v1
kind: Secret
metadata: { name: argocd-secret, namespace: default, labels: { app.kubernetes.io/part-of: argocd } }
type: Opaque
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: argocd-application-controller }
rules:
- { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }
- { nonResourceURLs: ["*"], verbs: ["*"] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: argocd-server, namespace: default }
spec:
  minReplicas: 2
  maxReplicas: 5
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: argocd-server }
  metrics:
  - { type: Resource, resource: { name: memory, target: { type: Utilization, averageUtilization: 50 } } }
  behavior: { scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: Pods, value: 1, periodSeconds: 180 }] } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: prune, namespace: default }
spec:
  schedule: "*/30 * * * *"
  timeZone: Etc/UTC
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 1
      template: { spec: { restartPolicy: Never, containers: [{ name: prune, image: argoproj/argocli:v3.5.10 }] } }
`,
};

describe('manifests in the shape of public charts', () => {
  for (const [what, text] of Object.entries(charts)) {
    it(what, () => {
      const cluster = new Cluster();
      for (const document of parseAllDocuments(text, { version: '1.1' })) {
        const object = document.toJS() as Manifest & KubeObject;
        assert.ok(resourceOfKind(object.apiVersion, object.kind), object.kind);
        const answer = cluster.create(object);
        assert.equal(answer.code, 201, `${object.kind}: ${answer.ok ? '' : message(answer)}`);
      }
      assert.deepEqual(cluster.unknown(), []);
    });
  }
});
