// The Events at the end of a description.
import type { Event, KubeObject } from '../../../api/object.ts';
import { resourceByQualifiedName } from '../../../api/resources.ts';
import { invariant } from '../../../base/invariant.ts';
import { compareBytes } from '../../../base/order.ts';
import { age } from '../human-duration.ts';
import type { Session, Steps } from '../session.ts';
import type { Description } from './description.ts';

/** The Events about an object, by the fields that kubectl asks for. */
export function* eventsAbout(
  session: Session,
  object: KubeObject,
  search: 'by kind' | 'of pod' | 'of node',
): Steps<readonly Event[]> {
  const { name = '', namespace = '', uid = '' } = object.metadata;
  const kind = search === 'of pod' ? undefined : object.kind;
  const found = yield* listEvents(session, { name, namespace, kind, uid });
  if (search !== 'of node') return found;
  // The kubelet signs Events about its node with the node's name for a uid.
  return [...found, ...(yield* listEvents(session, { name, namespace, kind, uid: name }))];
}

interface Reference {
  readonly name: string;
  readonly namespace: string;
  readonly kind: string | undefined;
  readonly uid: string;
}

function* listEvents(session: Session, { name, namespace, kind, uid }: Reference): Steps<readonly Event[]> {
  const events = resourceByQualifiedName('events');
  invariant(events, 'events are served');
  const terms = [
    ...(kind === undefined ? [] : [`involvedObject.kind=${kind}`]),
    `involvedObject.name=${name}`,
    `involvedObject.namespace=${namespace}`,
    ...(uid ? [`involvedObject.uid=${uid}`] : []),
  ];
  return yield* session.list<Event>(events, {
    ...(namespace && { namespace }),
    fieldSelector: terms.join(','),
  });
}

/** Writes the Events, oldest first by when they were last seen. */
export function describeEvents(description: Description, events: readonly Event[], now: number): void {
  if (events.length === 0) {
    description.field('Events', '<none>');
    return;
  }
  description.newColumns();
  const inOrder = [...events].sort((a, b) => compareBytes(a.lastTimestamp ?? '', b.lastTimestamp ?? ''));
  description.line('Events:');
  description.table(
    ['Type', 'Reason', 'Age', 'From', 'Message'],
    inOrder.map((event) => [
      event.type ?? '',
      event.reason ?? '',
      intervalOf(event, now),
      event.source?.component || event.reportingComponent,
      messageOf(event),
    ]),
    { Age: 4 },
  );
}

/** `5s`, or `5s (x3 over 10m)` for what happened again. */
function intervalOf({ eventTime, firstTimestamp, lastTimestamp, series, count = 0 }: Event, now: number): string {
  const first = age(now, eventTime ?? firstTimestamp);
  if (series) return `${age(now, series.lastObservedTime)} (x${series.count ?? 0} over ${first})`;
  return count > 1 ? `${age(now, lastTimestamp)} (x${count} over ${first})` : first;
}

/** What the Event says, after the part of the object that it is about. */
function messageOf({ message = '', involvedObject }: Event): string {
  const text = message.trim();
  return involvedObject.fieldPath ? `${involvedObject.fieldPath}: ${text}` : text;
}
