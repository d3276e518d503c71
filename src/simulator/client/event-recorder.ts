// Events as components record them: written behind the work, in order, and counted up when the same thing happens again
// (client-go tools/record and tools/events).
import type { Event, EventsEvent, KubeObject, ObjectReference } from '../../api/object.ts';
import type { Writable } from '../../base/copy.ts';
import { eventDelay } from '../kernel/durations.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Client } from './client.ts';
import { EventSubject, subjectKey, type Saying } from './event-subject.ts';

export type EventType = 'Normal' | 'Warning';

/** How a component signs its Events. */
export interface EventSourceOptions {
  /** `kubelet`, `deployment-controller`, `default-scheduler`. */
  readonly component: string;
  /** The node of a component that runs on every node. */
  readonly host?: string;
}

export interface EventOptions {
  /** `spec.containers{app}`. */
  readonly fieldPath?: string;
  readonly action?: string;
  readonly related?: KubeObject;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A reference to an object as Events carry it. */
export function objectReference(object: KubeObject, fieldPath?: string): ObjectReference {
  const { apiVersion, kind, metadata } = object;
  const { namespace, name, uid, resourceVersion } = metadata;
  const reference: Writable<ObjectReference> = { kind };
  if (namespace) reference.namespace = namespace;
  if (name) reference.name = name;
  if (uid) reference.uid = uid;
  reference.apiVersion = apiVersion;
  if (resourceVersion) reference.resourceVersion = resourceVersion;
  if (fieldPath) reference.fieldPath = fieldPath;
  return reference;
}

/** Events of a cluster-wide object live in the namespace default. */
const namespaceOf = (reference: ObjectReference) => reference.namespace || 'default';

abstract class Recorder {
  protected readonly kernel: Kernel;
  protected readonly client: Client;
  protected readonly source: EventSourceOptions;
  readonly #subjects = new Map<string, EventSubject>();
  #busyUntil = 0;

  constructor(kernel: Kernel, client: Client, source: EventSourceOptions) {
    this.kernel = kernel;
    this.client = client;
    this.source = source;
  }

  /** Records an Event about an object. The same Event again is counted up instead of written anew. */
  event(object: KubeObject, type: EventType, reason: string, message: string, options: EventOptions = {}): void {
    // One writer a component: an Event is written after those before it, never earlier.
    const at = Math.max(this.kernel.now + eventDelay, this.#busyUntil);
    this.#busyUntil = at;
    this.kernel.after(at - this.kernel.now, this.client.actor, () =>
      this.#write(object, type, reason, message, options),
    );
  }

  protected abstract create(
    name: string,
    reference: ObjectReference,
    type: EventType,
    reason: string,
    message: string,
    options: EventOptions,
  ): void;
  protected abstract countUp(name: string, namespace: string, count: number, message: string | undefined): void;

  /** What is to be written. */
  protected correlate(_subject: EventSubject, saying: Saying): Saying {
    return saying;
  }

  /** Whether one more write about the object is let through. */
  protected admits(_subject: EventSubject): boolean {
    return true;
  }

  #write(object: KubeObject, type: EventType, reason: string, text: string, options: EventOptions): void {
    const { fieldPath } = options;
    const reference = objectReference(object, fieldPath);
    const key = subjectKey(reference);
    let subject = this.#subjects.get(key);
    if (!subject) this.#subjects.set(key, (subject = new EventSubject()));
    const saying = this.correlate(subject, { type, reason, message: text, fieldPath, combined: false });
    const { message, combined } = saying;
    const { name, count } = subject.count(saying, () => `${reference.name}.${this.kernel.nanoSuffix()}`);
    const isNew = count === 1;
    if (!this.admits(subject)) return;
    // that no volume fits a claim is Normal as well
    if (this.kernel.isBrief && type === 'Normal' && reference.kind !== 'PersistentVolumeClaim') {
      // the Event's uid: whoever comes next gets the one he would have got
      if (isNew) this.kernel.random.uid();
      return;
    }
    if (!isNew) this.countUp(name, namespaceOf(reference), count, combined ? message : undefined);
    else this.create(name, reference, type, reason, message, options);
  }
}

/** Writes core/v1 Events, as the kubelet and the controllers do. */
export class EventRecorder extends Recorder {
  protected override correlate(subject: EventSubject, saying: Saying): Saying {
    return subject.aggregate(saying, this.kernel.now);
  }

  protected override admits(subject: EventSubject): boolean {
    return subject.admits(this.kernel.now);
  }

  protected create(
    name: string,
    reference: ObjectReference,
    type: EventType,
    reason: string,
    message: string,
    options: EventOptions,
  ): void {
    const namespace = namespaceOf(reference);
    const now = this.kernel.timestamp();
    const event: Event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace, ...(options.annotations && { annotations: options.annotations }) },
      involvedObject: reference,
      reason,
      message,
      source: this.source,
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: this.source.component,
      reportingInstance: this.source.host ?? '',
    };
    this.client.create({ resource: 'events', namespace }, event);
  }

  protected countUp(name: string, namespace: string, count: number, message: string | undefined): void {
    const patch = { count, lastTimestamp: this.kernel.timestamp(), ...(message !== undefined && { message }) };
    this.client.patch({ resource: 'events', namespace, name }, 'strategic', patch);
  }
}

/** Writes events.k8s.io/v1 Events, as the scheduler does. */
export class SeriesEventRecorder extends Recorder {
  protected create(
    name: string,
    reference: ObjectReference,
    type: EventType,
    reason: string,
    message: string,
    { action, related }: EventOptions,
  ): void {
    const namespace = namespaceOf(reference);
    const event: EventsEvent = {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name, namespace },
      eventTime: this.kernel.microTimestamp(),
      reportingController: this.source.component,
      reportingInstance: `${this.source.component}-${this.source.host ?? 'control-plane'}`,
      ...(action && { action }),
      reason,
      regarding: reference,
      ...(related && { related: objectReference(related) }),
      note: message,
      type,
    };
    this.client.create({ resource: 'events.events.k8s.io', namespace }, event);
  }

  protected countUp(name: string, namespace: string, count: number): void {
    const series = { count, lastObservedTime: this.kernel.microTimestamp() };
    this.client.patch({ resource: 'events.events.k8s.io', namespace, name }, 'strategic', { series });
  }
}
