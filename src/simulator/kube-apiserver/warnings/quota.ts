// Quotas that allow more to be requested than to be used (pkg/registry/core/resourcequota/strategy.go, Kubernetes 1.36).
import type { ResourceQuota } from '../../../api/object.ts';
import { compareQuantities, formatQuantity, parseQuantity } from '../../../api/quantity.ts';

const resources = ['cpu', 'memory', 'storage', 'ephemeral-storage'];
/** What is asked for of these may stand without `requests.` too. */
const bare = ['cpu', 'memory'];

export function newQuotaWarnings({ spec }: ResourceQuota): string[] {
  const { hard = {} } = spec ?? {};
  return resources.flatMap((resource) => {
    const requests = `requests.${resource}`;
    const name = hard[requests] === undefined && bare.includes(resource) ? resource : requests;
    const limits = `limits.${resource}`;
    const [request, limit] = [name, limits].map((entry) => parseQuantity(hard[entry] ?? ''));
    if (!request || !limit || compareQuantities(request, limit) <= 0) return [];
    const [more, less] = [request, limit].map(formatQuantity);
    return [`ResourceQuota ${name} (${more}) should be less than ${limits} (${less})`];
  });
}
