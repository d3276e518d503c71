// Nothing is created in a namespace that does not exist or is on its way out, and some namespaces stay for ever
// (apiserver/pkg/admission/plugin/namespace/lifecycle, Kubernetes 1.36).
import type { Namespace } from '../../../api/object.ts';
import { forbidden, notFound } from '../../../api/status.ts';
import type { AdmissionPlugin, AdmissionRequest, AdmissionVerdict } from './plugin.ts';
import { refuse } from './plugin.ts';

const immortal = ['default', 'kube-system', 'kube-public'];
const namespaces = { group: '', plural: 'namespaces' };

function refuseTerminating(request: AdmissionRequest, { metadata }: Namespace): AdmissionVerdict {
  const { name = '' } = metadata;
  const why = `unable to create new content in namespace ${name} because it is being terminated`;
  const { object } = request;
  const subject = object.metadata.name || object.metadata.generateName || 'Unknown!';
  const status = forbidden(request.resource, subject, why);
  const message = `namespace ${name} is being terminated`;
  const causes = [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }];
  return { refusal: { ...status, details: { ...status.details, causes } } };
}

export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  admit(request, { reader }) {
    const { operation, resourceName, namespace, object } = request;
    if (operation === 'DELETE') {
      const kept = resourceName === 'namespaces' && immortal.includes(object.metadata.name ?? '');
      return kept ? refuse(request, 'this namespace may not be deleted') : undefined;
    }
    if (!namespace || resourceName === 'namespaces') return undefined;
    // An access review only asks about a namespace.
    if (resourceName === 'localsubjectaccessreviews.authorization.k8s.io') return undefined;
    const found = reader.get<Namespace>('namespaces', undefined, namespace);
    if (!found) return { refusal: notFound(namespaces, namespace) };
    if (operation !== 'CREATE' || found.status?.phase !== 'Terminating') return undefined;
    return refuseTerminating(request, found);
  },
};
