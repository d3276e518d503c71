// Events as components record them: written behind the work, in order, and counted up when the same thing happens again
// (client-go tools/record and tools/events).
import type { Event, EventsEvent, KubeObject, ObjectReference } from '../../api/object.ts';
import { deepEqual } from '../../base/json.ts';
import { eventDelay } from '../kernel/durations.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Client } from './client.ts';

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

interface Recorded {
  readonly name: string;
  readonly reference: ObjectReference;
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}

/** A reference to an object as Events carry it. */
export function objectReference(object: KubeObject, fieldPath?: string): ObjectReference {
  const { apiVersion, kind, metadata } = object;
  const { namespace, name, uid, resourceVersion } = metadata;
  return {
    kind,
    ...(namespace && { namespace }),
    ...(name && { name }),
    ...(uid && { uid }),
    apiVersion,
    ...(resourceVersion && { resourceVersion }),
    ...(fieldPath && { fieldPath }),
  };
}

/** Events of a cluster-wide object live in the namespace default. */
const namespaceOf = (reference: ObjectReference) => reference.namespace || 'default';

abstract class Recorder {
  protected readonly kernel: Kernel;
  protected readonly client: Client;
  protected readonly source: EventSourceOptions;
  readonly #recorded: Recorded[] = [];
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
  protected abstract countUp(name: string, namespace: string, count: number): void;

  #write(object: KubeObject, type: EventType, reason: string, message: string, options: EventOptions): void {
    const full = objectReference(object, options.fieldPath);
    const { resourceVersion: _, ...reference } = full;
    const index = this.#recorded.findIndex(
      (r) => r.reason === reason && r.message === message && r.type === type && deepEqual(r.reference, reference),
    );
    const known = this.#recorded[index];
    if (known) {
      this.#recorded[index] = { ...known, count: known.count + 1 };
      this.countUp(known.name, namespaceOf(reference), known.count + 1);
      return;
    }
    const name = `${reference.name}.${this.kernel.random.hex(16)}`;
    this.#recorded.push({ name, reference, type, reason, message, count: 1 });
    this.create(name, full, type, reason, message, options);
  }
}

/** Writes core/v1 Events, as the kubelet and the controllers do. */
export class EventRecorder extends Recorder {
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

  protected countUp(name: string, namespace: string, count: number): void {
    const patch = { count, lastTimestamp: this.kernel.timestamp() };
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
