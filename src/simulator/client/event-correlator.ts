// What becomes of an Event before it is written: counted up, combined with others like it, or dropped, so that a component
// that says much about one object does not fill the cluster (client-go tools/record/events_cache.go, its defaults).
import type { ObjectReference } from '../../api/object.ts';

/** From this many different messages about one thing on they are combined (defaultAggregateMaxEvents). */
const maxMessages = 10;
/** Messages further apart than this are not about one thing (defaultAggregateIntervalInSeconds). Virtual milliseconds. */
const aggregateInterval = 600_000;

/** Writes about one object that are let through at once, and how long one more takes (defaultSpamBurst, defaultSpamQPS). */
const spamBurst = 25;
const spamInterval = 300_000;

interface Messages {
  readonly seen: Set<string>;
  last: number;
}

interface Tokens {
  left: number;
  since: number;
}

/** An Event as it is to be written: under which key it counts as the same, and with which message. */
export interface Correlated {
  readonly key: string;
  readonly message: string;
  /** Combined from several messages: an earlier one is replaced by the newest. */
  readonly combined: boolean;
}

/** The correlator of one component. Times in virtual milliseconds. */
export class EventCorrelator {
  readonly #messages = new Map<string, Messages>();
  readonly #tokens = new Map<string, Tokens>();

  /** EventAggregate: the Event itself, or the one that stands for all of its kind. */
  aggregate(reference: ObjectReference, type: string, reason: string, message: string, now: number): Correlated {
    const group = `${objectKey(reference)} ${type} ${reason}`;
    const known = this.#messages.get(group);
    const messages = known && now - known.last <= aggregateInterval ? known : { seen: new Set<string>(), last: now };
    this.#messages.set(group, messages);
    messages.seen.add(message);
    messages.last = now;
    if (messages.seen.size < maxMessages)
      return { key: eventKey(reference, type, reason, message), message, combined: false };
    const [oldest = message] = messages.seen;
    messages.seen.delete(oldest);
    return { key: group, message: `(combined from similar events): ${message}`, combined: true };
  }

  /** EventSourceObjectSpamFilter: whether one more write about the object is let through. */
  admits(reference: ObjectReference, now: number): boolean {
    const key = objectKey(reference);
    const tokens = this.#tokens.get(key) ?? { left: spamBurst, since: now };
    this.#tokens.set(key, tokens);
    tokens.left = Math.min(spamBurst, tokens.left + (now - tokens.since) / spamInterval);
    tokens.since = now;
    if (tokens.left < 1) return false;
    tokens.left--;
    return true;
  }
}

/** Events that are equal in this are one Event that is counted up (getEventKey). */
export function eventKey(reference: ObjectReference, type: string, reason: string, message: string): string {
  return `${objectKey(reference)} ${reference.fieldPath ?? ''} ${type} ${reason} ${message}`;
}

/** No two objects have one uid, so that it stands for all else there is to tell objects by. */
function objectKey({ apiVersion, kind, namespace, name, uid }: ObjectReference): string {
  return uid ?? `${apiVersion} ${kind} ${namespace ?? ''}/${name}`;
}
