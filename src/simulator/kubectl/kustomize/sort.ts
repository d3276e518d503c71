// The order in which the objects are told (sigs.k8s.io/kustomize/api/internal/builtins/SortOrderTransformer.go): as they came, or by kind.
import { compareBytes } from '../../../base/order.ts';
import { gvkText, isSameGvk, type Gvk } from './ids.ts';
import type { SortOptions } from './kustomization.ts';
import { refuse } from './problem.ts';
import type { Resource } from './resource.ts';

const orderFirst = [
  ...['Namespace', 'ResourceQuota', 'StorageClass', 'CustomResourceDefinition', 'ServiceAccount', 'PodSecurityPolicy'],
  ...['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ConfigMap', 'Secret', 'Endpoints', 'Service'],
  ...['LimitRange', 'PriorityClass', 'PersistentVolume', 'PersistentVolumeClaim', 'Deployment', 'StatefulSet'],
  ...['CronJob', 'PodDisruptionBudget'],
];
const orderLast = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

export function sorted(
  resources: readonly Resource[],
  { order = '', legacySortOptions }: SortOptions,
): readonly Resource[] {
  if (order !== 'fifo' && order !== 'legacy') refuse("the field 'sortOptions.order' must be one of [fifo, legacy]");
  if (order === 'fifo') {
    if (!legacySortOptions) return resources;
    return refuse(
      "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'",
    );
  }
  const { orderFirst: first = [], orderLast: last = [] } = legacySortOptions ?? { orderFirst, orderLast };
  const ranks = new Map([
    ...first.map((kind, i) => [kind, i - first.length] as const),
    ...last.map((kind, i) => [kind, i + 1] as const),
  ]);
  const rank = ({ kind }: Gvk) => ranks.get(kind) ?? 0;
  const byGvk = (a: Gvk, b: Gvk) =>
    rank(a) - rank(b) || compareBytes(gvkKey(a), gvkKey(b)) * (bothNamespaces(a, b) ? -1 : 1);
  return [...resources].sort((a, b) =>
    isSameGvk(a.gvk, b.gvk) ? compareBytes(idKey(a), idKey(b)) : byGvk(a.gvk, b.gvk),
  );
}

/** Namespaces of Kubernetes' own come before others of that kind. */
const bothNamespaces = (a: Gvk, b: Gvk) =>
  a.kind === 'Namespace' && b.kind === 'Namespace' && (a.group === '' || b.group === '');

const gvkKey = ({ group, version, kind }: Gvk) => [group || '~G', version || '~V', kind || '~K'].join('_');

const idKey = ({ gvk, namespace, name }: Resource) => [gvkText(gvk), namespace || '~X', name || '~N'].join('|');
