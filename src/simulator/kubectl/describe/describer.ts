// What describing a kind takes: the object, what else has to be looked at, and its Events.
import type { Event, KubeObject } from '../../../api/object.ts';
import { controllerOf } from '../../../api/object.ts';
import { resourceByQualifiedName, type ApiResource } from '../../../api/resources.ts';
import { invariant } from '../../../base/invariant.ts';
import { age } from '../human-duration.ts';
import type { Moment } from '../printing/table.ts';
import type { Session, Steps } from '../session.ts';
import { Description } from './description.ts';
import { describeEvents, eventsAbout } from './events.ts';

/** Describes an object that has been fetched. */
export type Describer = (session: Session, object: KubeObject, showEvents: boolean) => Steps<string>;

export interface DescriberParts<T extends KubeObject, R> {
  /** Other objects that the description tells of. */
  readonly related?: (session: Session, object: T) => Steps<R>;
  readonly write: (description: Description, object: T, related: R, moment: Moment) => void;
  /** How the object's Events are found; `none` for kinds whose description has none. */
  readonly events?: 'by kind' | 'of pod' | 'of node' | 'none';
}

/** The describer of a kind out of its parts. */
export function describer<T extends KubeObject, R = undefined>(parts: DescriberParts<T, R>): Describer {
  const { related, write, events: search = 'by kind' } = parts;
  return function* (session, object, showEvents) {
    const others = (related ? yield* related(session, object as T) : undefined) as R;
    let events: readonly Event[] | undefined;
    if (showEvents && search !== 'none') events = yield* eventsAbout(session, object, search);
    const description = new Description();
    write(description, object as T, others, session);
    if (events) describeEvents(description, events, session.now);
    return description.text;
  };
}

/** A built-in resource by its qualified name. */
export function builtin(name: string): ApiResource {
  const resource = resourceByQualifiedName(name);
  invariant(resource, `no resource ${name}`);
  return resource;
}

/** `Name:` and `Namespace:`, with which most descriptions begin. */
export function writeName(description: Description, { metadata }: KubeObject): void {
  description.field('Name', metadata.name ?? '');
  description.field('Namespace', metadata.namespace ?? '');
}

export function writeLabels(description: Description, { metadata }: KubeObject): void {
  description.labels('Labels', metadata.labels);
  description.annotations('Annotations', metadata.annotations);
}

/** `Controlled By:`, if something does. */
export function writeController(description: Description, object: KubeObject): void {
  const owner = controllerOf(object);
  if (owner) description.field('Controlled By', `${owner.kind}/${owner.name}`);
}

/** The phase, or how long the deletion has been going on. */
export function statusText(object: KubeObject, phase: string | undefined, { now }: Moment): string {
  const { deletionTimestamp } = object.metadata;
  return deletionTimestamp ? `Terminating (lasts ${age(now, deletionTimestamp)})` : (phase ?? '');
}
