// The service account controller: every namespace has a ServiceAccount "default", which its Pods run as
// (k8s.io/kubernetes/pkg/controller/serviceaccount/serviceaccounts_controller.go).
import type { ServiceAccount } from '../../api/object.ts';
import { keepInEveryNamespace } from './namespaces.ts';

export const serviceAccountController = keepInEveryNamespace({
  actor: 'service-account-controller',
  resource: 'serviceaccounts',
  name: 'default',
  make: (namespace): ServiceAccount => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace },
  }),
});
