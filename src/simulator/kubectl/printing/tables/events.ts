// `kubectl get events`.
import type { Event } from '../../../../api/object.ts';
import { age } from '../../human-duration.ts';
import { tablePrinter } from '../table.ts';
import { nameOf } from './cells.ts';

export const eventPrinter = tablePrinter<Event>(
  ['Last Seen', 'Type', 'Reason', 'Object', '[Subobject]', '[Source]', 'Message', '[First Seen]', '[Count]', '[Name]'],
  (event, { now }) => {
    const { involvedObject, series } = event;
    const first = age(now, event.firstTimestamp ?? event.eventTime);
    const last = series
      ? age(now, series.lastObservedTime)
      : event.lastTimestamp
        ? age(now, event.lastTimestamp)
        : first;
    const kind = (involvedObject.kind ?? '').toLowerCase();
    return [
      last,
      event.type ?? '',
      event.reason ?? '',
      involvedObject.name ? `${kind}/${involvedObject.name}` : kind,
      involvedObject.fieldPath ?? '',
      sourceOf(event),
      (event.message ?? '').trim(),
      first,
      series?.count ?? (event.count || 1),
      nameOf(event),
    ];
  },
);

function sourceOf({ source = {}, reportingComponent, reportingInstance }: Event): string {
  const component = source.component || reportingComponent;
  const host = source.host || reportingInstance;
  return host ? `${component}, ${host}` : component;
}
