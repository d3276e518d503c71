// The root CA publisher: every namespace has a ConfigMap with the certificate by which its Pods know the API server
// (k8s.io/kubernetes/pkg/controller/certificates/rootcacertpublisher).
import type { ConfigMap } from '../../api/object.ts';
import { keepInEveryNamespace } from './namespaces.ts';

const description =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal ' +
  'service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** There is no certificate in a simulation; what stands for it is of the same form. */
const certificate = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n';

export const rootCaPublisher = keepInEveryNamespace({
  actor: 'root-ca-cert-publisher',
  resource: 'configmaps',
  name: 'kube-root-ca.crt',
  make: (namespace): ConfigMap => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-root-ca.crt', namespace, annotations: { 'kubernetes.io/description': description } },
    data: { 'ca.crt': certificate },
  }),
});
