// `kubectl describe namespace`.
import type { LimitRange, Namespace, ResourceQuota } from '../../../api/object.ts';
import { compareBytes, sortedKeys } from '../../../base/order.ts';
import { quantityText } from '../printing/tables/cells.ts';
import { builtin, describer, writeLabels } from './describer.ts';
import type { Description } from './description.ts';

interface NamespaceContext {
  readonly quotas: readonly ResourceQuota[];
  readonly limits: readonly LimitRange[];
}

export const namespaceDescriber = describer<Namespace, NamespaceContext>({
  events: 'none',
  *related(session, { metadata: { name = '' } }) {
    const quotas = yield* session.list<ResourceQuota>(builtin('resourcequotas'), { namespace: name });
    const limits = yield* session.list<LimitRange>(builtin('limitranges'), { namespace: name });
    return { quotas, limits };
  },
  write(description, namespace, { quotas, limits }) {
    description.field('Name', namespace.metadata.name ?? '');
    writeLabels(description, namespace);
    description.field('Status', namespace.status?.phase ?? '');
    const conditions = namespace.status?.conditions ?? [];
    if (conditions.length > 0) {
      description.line('Conditions:');
      const rows = conditions.map((c) => [
        c.type,
        c.status,
        c.lastTransitionTime ?? '',
        c.reason ?? '',
        c.message ?? '',
      ]);
      description.table(['Type', 'Status', 'LastTransitionTime', 'Reason', 'Message'], rows);
    }
    description.line('');
    describeQuotas(description, quotas);
    description.line('');
    describeLimits(description, limits);
  },
});

function describeQuotas(description: Description, quotas: readonly ResourceQuota[]): void {
  if (quotas.length === 0) {
    description.line('No resource quota.');
    return;
  }
  description.line('Resource Quotas');
  for (const quota of [...quotas].sort((a, b) => compareBytes(a.metadata.name ?? '', b.metadata.name ?? ''))) {
    const { hard = {}, used = {} } = quota.status ?? {};
    description.field('Name', quota.metadata.name ?? '', 1);
    description.line('Resource\tUsed\tHard', 1);
    description.line('--------\t---\t---', 1);
    for (const name of sortedKeys(hard)) {
      description.line(`${name}\t${quantityText(used[name])}\t${quantityText(hard[name])}`, 1);
    }
  }
}

function describeLimits(description: Description, ranges: readonly LimitRange[]): void {
  if (ranges.length === 0) {
    description.line('No LimitRange resource.');
    return;
  }
  description.line('Resource Limits');
  description.line('Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio', 1);
  description.line('----\t--------\t---\t---\t---------------\t-------------\t-----------------------', 1);
  for (const { spec } of ranges) {
    for (const item of spec?.limits ?? []) {
      const lists = [item.min, item.max, item.defaultRequest, item.default, item.maxLimitRequestRatio];
      const names = [...new Set(lists.flatMap((list) => Object.keys(list ?? {})))].sort(compareBytes);
      for (const name of names) {
        const cells = lists.map((list) => (list?.[name] === undefined ? '-' : quantityText(list[name])));
        description.line(`${item.type}\t${name}\t${cells.join('\t')}`, 1);
      }
    }
  }
}
