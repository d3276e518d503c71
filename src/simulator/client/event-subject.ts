// What a component has said about one object, and what becomes of the next Event about it: counted up, combined with others like it, or
// dropped, so that a component that says much does not fill the cluster (client-go tools/record/events_cache.go, its defaults).
import type { ObjectReference } from '../../api/object.ts';

/** From this many different messages about one thing on they are combined (defaultAggregateMaxEvents). */
const maxMessages = 10;
/** Messages further apart than this are not about one thing (defaultAggregateIntervalInSeconds). Virtual milliseconds. */
const aggregateInterval = 600_000;

/** Writes about one object that are let through at once, and how long one more takes (defaultSpamBurst, defaultSpamQPS). */
const spamBurst = 25;
const spamInterval = 300_000;

/** What is said of an object. `combined`: it stands for several messages, and an earlier one is replaced by the newest. */
export interface Saying {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly fieldPath: string | undefined;
  readonly combined: boolean;
}

/** An Event that was written, and how often the same was to be said since. */
interface Written {
  readonly saying: Saying;
  readonly name: string;
  count: number;
}

/** Messages of one type and reason. */
interface Topic {
  readonly type: string;
  readonly reason: string;
  messages: string[];
  last: number;
}

/** Events about one object are few: looking through them takes less than to keep them by keys. Times in virtual milliseconds. */
export class EventSubject {
  readonly #written: Written[] = [];
  readonly #topics: Topic[] = [];
  #left = spamBurst;
  #since: number | undefined;

  /** The Event that says the same (getEventKey), counted up; a new one under the name that is asked for. */
  count(saying: Saying, name: () => string): Readonly<Written> {
    let written = this.#written.find((one) => isSame(one.saying, saying));
    if (!written) this.#written.push((written = { saying, name: name(), count: 0 }));
    written.count++;
    return written;
  }

  /** EventAggregate: what is said as it is, or as one of many like it. */
  aggregate(saying: Saying, now: number): Saying {
    const { type, reason, message } = saying;
    let topic = this.#topics.find((one) => one.type === type && one.reason === reason);
    if (!topic) this.#topics.push((topic = { type, reason, messages: [], last: now }));
    if (now - topic.last > aggregateInterval) topic.messages = [];
    topic.last = now;
    if (!topic.messages.includes(message)) topic.messages.push(message);
    if (topic.messages.length < maxMessages) return saying;
    topic.messages.shift();
    return {
      type,
      reason,
      message: `(combined from similar events): ${message}`,
      fieldPath: undefined,
      combined: true,
    };
  }

  /** EventSourceObjectSpamFilter: whether one more write about the object is let through. */
  admits(now: number): boolean {
    this.#left = Math.min(spamBurst, this.#left + (now - (this.#since ?? now)) / spamInterval);
    this.#since = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}

const isSame = (a: Saying, b: Saying) =>
  a.type === b.type &&
  a.reason === b.reason &&
  a.combined === b.combined &&
  (a.combined || (a.message === b.message && a.fieldPath === b.fieldPath));

/** No two objects have one uid, so that it stands for all else there is to tell objects by. */
export function subjectKey({ apiVersion, kind, namespace, name, uid }: ObjectReference): string {
  return uid ?? `${apiVersion} ${kind} ${namespace ?? ''}/${name}`;
}
