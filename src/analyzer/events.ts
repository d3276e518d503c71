// The Warning Events of a run: what components had to complain about, in their own words.
import { linesOf } from './lines.ts';
import type { Event, EventsEvent } from '../api/object.ts';
import type { Trace } from '../simulator/index.ts';
import type { Warning, Warnings } from './finding.ts';
import { finalKey } from './subject.ts';

/** The warnings of a run by the object they are about, as `kind namespace/name`, in the order in which they first came. */
export function warningsOf(trace: Trace): Warnings {
  const warnings = new Map<string, readonly Warning[]>();
  for (const entry of linesOf(trace, 'store')) {
    if (entry.change !== 'ADDED' || entry.object.kind !== 'Event') continue;
    const event = entry.object as Event & EventsEvent;
    if (event.type !== 'Warning') continue;
    const about = event.involvedObject ?? event.regarding;
    const { kind = '', namespace, name = '' } = about ?? {};
    const key = finalKey({ kind, name, ...(namespace && { namespace }) });
    const message = event.message ?? event.note ?? '';
    const warning = { reason: event.reason ?? '', message, fieldPath: about?.fieldPath ?? '', seq: entry.seq };
    warnings.set(key, [...(warnings.get(key) ?? []), warning]);
  }
  return warnings;
}
