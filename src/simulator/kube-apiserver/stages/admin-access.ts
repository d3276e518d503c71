// Whether a namespace may ask for devices that others use (pkg/registry/resource/utils.go, AuthorizedForAdmin, Kubernetes 1.36).
import { forbidden, type FieldError } from '../../../api/field-error.ts';
import { FieldPath } from '../../../api/field-path.ts';
import type { Namespace, ResourceClaimTemplate, ResourceResourceClaim } from '../../../api/object.ts';
import type { StageContext, WriteRequest } from '../request.ts';

const label = 'resource.kubernetes.io/admin-access';
const detail = `admin access to devices requires the \`${label}: true\` label on the containing namespace`;

const none: readonly FieldError[] = [];

/** What is told first of a new claim or template; of a template the path is the claim's. */
export function adminAccessErrors(
  { object, old, namespace, resourceName }: WriteRequest,
  { reader }: Pick<StageContext, 'reader'>,
): readonly FieldError[] {
  if (old || !resourceName.endsWith('.resource.k8s.io')) return none;
  const requests = requestsOf(object, resourceName);
  const at = requests.findIndex(({ exactly }) => exactly?.adminAccess === true);
  if (at < 0 || namespace === undefined) return none;
  if (reader.get<Namespace>('namespaces', undefined, namespace)?.metadata.labels?.[label] === 'true') return none;
  return [forbidden(FieldPath.of('spec', 'devices', 'requests').index(at).child('adminAccess'), detail)];
}

function requestsOf(object: unknown, resourceName: string) {
  if (resourceName === 'resourceclaims.resource.k8s.io') {
    return (object as ResourceResourceClaim).spec.devices?.requests ?? [];
  }
  if (resourceName !== 'resourceclaimtemplates.resource.k8s.io') return [];
  return (object as ResourceClaimTemplate).spec.spec.devices?.requests ?? [];
}
