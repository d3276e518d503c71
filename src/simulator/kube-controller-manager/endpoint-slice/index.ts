// The endpoint slice controller: writes down which addresses are behind each Service
// (k8s.io/kubernetes/pkg/controller/endpointslice/endpointslice_controller.go, v1.36).
import { matchesLabels } from '../../../api/label-selector.ts';
import {
  keyOf,
  refOf,
  type EndpointSlice,
  type KubeObject,
  type Node,
  type Pod,
  type Service,
} from '../../../api/object.ts';
import { failure } from '../../../api/status.ts';
import { Attached } from '../../../base/attached.ts';
import { deepEqual } from '../../../base/json.ts';
import { EventRecorder } from '../../client/event-recorder.ts';
import { failSync, succeeded, SyncQueue, type Controller, type ControllerContext } from '../controller.ts';
import { isPodReady, isPodTerminal } from '../pod-state.ts';
import { addressTypesOf, desiredEndpoints, hasManagedSlices, selectedPods, unmodelledHints } from './endpoints.ts';
import { managedBy, managedByLabel, reconcileSlices, serviceNameLabel, type SliceChanges } from './reconcile.ts';
import { TriggerTimes } from './trigger-time.ts';

/**
 * From a change of a Pod until its Service is synced. Pods that come up together give one write: it stands for the time
 * that the real controller's other work and its client's rate limit take. Virtual milliseconds.
 */
const syncDelay = 10;

/** maxRetries, defaultSyncBackOff and maxSyncBackOff. */
const maxRetries = 15;
const retryDelays = { first: 1000, longest: 1_000_000 };

export const endpointSliceController: Controller = {
  name: 'endpointslice-controller',
  start(context) {
    new EndpointSliceController(context).listen();
  },
};

class EndpointSliceController {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  readonly #recorder: EventRecorder;
  readonly #triggerTimes = new TriggerTimes();
  readonly #slices = new SliceIndex();

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new SyncQueue(context, (key) => this.#sync(key), { delay: syncDelay, maxRetries, retryDelays });
    this.#recorder = new EventRecorder(context.kernel, context.client, { component: 'endpoint-slice-controller' });
  }

  listen(): void {
    const { informers } = this.#context;
    const enqueue = (service: Service) => this.#queue.add(keyOf(service));
    informers.of<Service>('services').handle({ onAdd: enqueue, onUpdate: enqueue, onDelete: enqueue });
    informers.of<EndpointSlice>('endpointslices.discovery.k8s.io').handle({
      onAdd: (slice) => this.#slices.put(slice),
      onUpdate: (slice) => this.#slices.put(slice),
      onDelete: (slice) => {
        const expected = this.#slices.remove(slice);
        if (!expected && isManaged(slice)) this.#queue.add(serviceKeyOf(slice));
      },
    });
    informers.of<Node>('nodes').handle({
      // A Pod may have been left out because its node was not known.
      onAdd: () => this.#enqueueAll(),
      onDelete: () => this.#enqueueAll(),
      onUpdate: (node, previous) => {
        if (!deepEqual(node.metadata.labels, previous.metadata.labels)) this.#enqueueAll();
      },
    });
    informers.of<Pod>('pods').handle({
      onAdd: (pod) => this.#enqueueServicesOf(pod),
      onUpdate: (pod, previous) => {
        const labelsChanged = !deepEqual(pod.metadata.labels, previous.metadata.labels);
        if (labelsChanged || endpointChanged(pod, previous)) this.#enqueueServicesOf(pod);
        if (labelsChanged) this.#enqueueServicesOf(previous);
      },
      onDelete: (pod) => this.#enqueueServicesOf(pod),
    });
  }

  #enqueueAll(): void {
    if (!this.#context.informers.started) return;
    for (const service of this.#context.informers.of<Service>('services').values()) this.#queue.add(keyOf(service));
  }

  #enqueueServicesOf({ metadata: { namespace, labels } }: Pod): void {
    for (const service of this.#context.informers.of<Service>('services').values()) {
      const sameNamespace = service.metadata.namespace === namespace;
      if (sameNamespace && hasManagedSlices(service) && matchesLabels(service.spec?.selector, labels)) {
        this.#queue.add(keyOf(service));
      }
    }
  }

  #sync(key: string): void {
    const { informers, kernel, client } = this.#context;
    const service = informers.of<Service>('services').get(key);
    if (!service) {
      this.#triggerTimes.forget(key);
      this.#slices.forget(key);
      return;
    }
    // The garbage collector deletes the slices of a Service that goes away.
    if (!hasManagedSlices(service) || service.metadata.deletionTimestamp) return;
    if (this.#slices.isStale(key)) {
      return failSync(failure(500, 'InternalError', 'EndpointSlice informer cache is out of date'));
    }
    const reason = unmodelledHints(service);
    if (reason) {
      kernel.record(client.actor, client.actor, { type: 'unknown', subject: refOf(service), reason });
    }
    const pods = selectedPods(service, informers.of<Pod>('pods').values());
    const triggerTime = this.#triggerTimes.next(key, service, pods);
    const nodes = informers.of<Node>('nodes');
    const existing = this.#slices.of(key).filter(isManaged);
    if (pods.length === 0 && isSettled(service, existing)) return;
    const addressTypes = addressTypesOf(service);
    const errors: string[] = [];
    const misplaced = existing.filter((slice) => !addressTypes.some((type) => type === slice.addressType));
    for (const slice of misplaced) this.#delete(key, slice);
    let isRight = misplaced.length === 0;
    for (const addressType of addressTypes) {
      const { groups, error } = desiredEndpoints(service, pods, (name) => nodes.get(name), addressType);
      const slices = existing.filter((slice) => slice.addressType === addressType);
      const changes = reconcileSlices(service, addressType, groups, slices, triggerTime);
      isRight &&= changes.create.length + changes.update.length + changes.delete.length === 0;
      this.#apply(key, changes);
      if (error !== undefined) errors.push(error);
    }
    if (errors.length > 0) this.#fail(service, errors);
    if (isRight && pods.length === 0) settled.set(service, existing);
  }

  #apply(key: string, changes: SliceChanges): void {
    const { client } = this.#context;
    const resource = 'endpointslices.discovery.k8s.io';
    const namespace = key.slice(0, key.indexOf('/'));
    for (const body of changes.create) {
      this.#slices.expect(key, succeeded(client.create<EndpointSlice>({ resource, namespace }, body)));
    }
    for (const body of changes.update) {
      const { name = '' } = body.metadata;
      this.#slices.expect(key, succeeded(client.update({ resource, namespace, name }, body)));
    }
    for (const slice of changes.delete) this.#delete(key, slice);
  }

  #delete(key: string, slice: EndpointSlice): void {
    const { namespace = '', name = '' } = slice.metadata;
    const target = { resource: 'endpointslices.discovery.k8s.io', namespace, name };
    const response = this.#context.client.delete<EndpointSlice>(target);
    if (response.ok) this.#slices.expectDeletion(key, slice);
    else if (response.status.reason !== 'NotFound') failSync(response.status);
  }

  #fail(service: Service, errors: readonly string[]): never {
    const { namespace, name } = service.metadata;
    const error = [...new Set(errors)].join(', ');
    const message = `Error updating Endpoint Slices for Service ${namespace}/${name}: ${error}`;
    this.#recorder.event(service, 'Warning', 'FailedToUpdateEndpointSlices', message);
    return failSync(failure(500, 'InternalError', error));
  }
}

/**
 * The slices that a Service without Pods had when a sync found them right: that hangs on nothing but the Service, and every run on a
 * cluster begins with a look at all of its Services.
 */
const settled = new Attached<Service, readonly EndpointSlice[]>();

function isSettled(service: Service, slices: readonly EndpointSlice[]): boolean {
  const known = settled.get(service);
  return known?.length === slices.length && slices.every((slice, i) => slice === known[i]);
}

/** The slices by Service as the controller heard of them, and those it wrote and has not heard of yet. */
class SliceIndex {
  readonly #slices = new Map<string, Map<string, EndpointSlice>>();
  /** Service → slice name → the version written; undefined for a deletion. */
  readonly #expected = new Map<string, Map<string, number | undefined>>();

  of(key: string): EndpointSlice[] {
    return [...(this.#slices.get(key)?.values() ?? [])];
  }

  put(slice: EndpointSlice): void {
    const key = serviceKeyOf(slice);
    const slices = this.#slices.get(key) ?? new Map<string, EndpointSlice>();
    this.#slices.set(key, slices.set(slice.metadata.name ?? '', slice));
    const version = this.#expected.get(key)?.get(slice.metadata.name ?? '');
    if (version !== undefined && version <= versionOf(slice)) this.#seen(key, slice);
  }

  /** Whether the deletion was asked for by this controller. */
  remove(slice: EndpointSlice): boolean {
    const key = serviceKeyOf(slice);
    this.#slices.get(key)?.delete(slice.metadata.name ?? '');
    return this.#seen(key, slice);
  }

  expect(key: string, slice: KubeObject): void {
    const expected = this.#expected.get(key) ?? new Map<string, number | undefined>();
    this.#expected.set(key, expected.set(slice.metadata.name ?? '', versionOf(slice)));
  }

  expectDeletion(key: string, slice: EndpointSlice): void {
    const expected = this.#expected.get(key) ?? new Map<string, number | undefined>();
    this.#expected.set(key, expected.set(slice.metadata.name ?? '', undefined));
  }

  isStale(key: string): boolean {
    return (this.#expected.get(key)?.size ?? 0) > 0;
  }

  forget(key: string): void {
    this.#expected.delete(key);
  }

  #seen(key: string, slice: EndpointSlice): boolean {
    return this.#expected.get(key)?.delete(slice.metadata.name ?? '') ?? false;
  }
}

const versionOf = ({ metadata }: KubeObject) => Number(metadata.resourceVersion);
const isManaged = ({ metadata }: EndpointSlice) => metadata.labels?.[managedByLabel] === managedBy;
const serviceKeyOf = ({ metadata }: EndpointSlice) =>
  `${metadata.namespace}/${metadata.labels?.[serviceNameLabel] ?? ''}`;

/** podEndpointsChanged: whether an endpoint of the Pod would look different. */
function endpointChanged(pod: Pod, previous: Pod): boolean {
  return (
    pod.metadata.deletionTimestamp !== previous.metadata.deletionTimestamp ||
    isPodReady(pod) !== isPodReady(previous) ||
    isPodTerminal(pod) !== isPodTerminal(previous) ||
    pod.spec?.nodeName !== previous.spec?.nodeName ||
    pod.spec?.hostname !== previous.spec?.hostname ||
    !deepEqual(pod.status?.podIPs, previous.status?.podIPs)
  );
}
