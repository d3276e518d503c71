// Jobs that another program has taken upon itself (managedByExternalController in k8s.io/kubernetes/pkg/controller/job, v1.36).
import type { Job } from '../../../api/object.ts';

export function isManagedElsewhere({ spec }: Job): boolean {
  return spec?.managedBy !== undefined && spec.managedBy !== 'kubernetes.io/job-controller';
}
