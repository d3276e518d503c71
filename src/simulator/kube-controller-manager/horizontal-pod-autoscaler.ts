// The HorizontalPodAutoscaler controller, as far as it needs no metrics: what it scales is kept within its bounds, and where the cluster
// serves no metrics it says so (k8s.io/kubernetes/pkg/controller/podautoscaler/horizontal.go, v1.36).
import {
  keyOf,
  refOf,
  type AutoscalingHorizontalPodAutoscaler as Autoscaler,
  type AutoscalingHorizontalPodAutoscalerStatus as Status,
  type HorizontalPodAutoscalerCondition as Condition,
  type KubeObject,
  type MetricSpec,
  type Scale,
} from '../../api/object.ts';
import { qualifiedName, resourceOfKind } from '../../api/resources.ts';
import { deepEqual } from '../../base/json.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import { failSync, succeeded, SyncQueue, type Controller, type ControllerContext } from './controller.ts';

/** How often an autoscaler is looked at (horizontal-pod-autoscaler-sync-period). Virtual milliseconds. */
const period = 15_000;
const resource = 'horizontalpodautoscalers.autoscaling';
const services = 'apiservices.apiregistration.k8s.io';
/** Who serves what Pods use. */
const metricsService = 'v1beta1.metrics.k8s.io';
const noMetrics =
  'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';

export const horizontalPodAutoscaler: Controller = {
  name: 'horizontal-pod-autoscaler',
  start(context) {
    new AutoscalerController(context).listen();
  },
};

class AutoscalerController {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  readonly #recorder: EventRecorder;
  /** Keys of autoscalers of which it was told that what they measure is not known. */
  readonly #told = new Set<string>();

  constructor(context: ControllerContext) {
    const { kernel, client } = context;
    this.#context = context;
    this.#queue = new SyncQueue(context, (key) => this.#sync(key));
    this.#recorder = new EventRecorder(kernel, client, { component: 'horizontal-pod-autoscaler' });
  }

  listen(): void {
    const { informers } = this.#context;
    informers.of(services);
    informers.of<Autoscaler>(resource).handle({
      // the first look may scale; those after it find the same
      onAdd: (autoscaler) => this.#queue.addAfter(keyOf(autoscaler), period, { background: !informers.started }),
      onUpdate: (autoscaler, previous) =>
        this.#queue.addAfter(keyOf(autoscaler), period, { background: deepEqual(autoscaler.spec, previous.spec) }),
    });
  }

  #sync(key: string): void {
    const { client, informers } = this.#context;
    const autoscaler = informers.of<Autoscaler>(resource).get(key);
    if (!autoscaler) return void this.#told.delete(key);
    this.#queue.addAfter(key, period, { background: true });
    const { status, afterwards } = this.#reconcile(autoscaler);
    if (!deepEqual(status, autoscaler.status)) {
      const { namespace = '', name = '' } = autoscaler.metadata;
      succeeded(client.update({ resource, namespace, name, subresource: 'status' }, { ...autoscaler, status }));
    }
    if (afterwards) this.#recorder.event(autoscaler, 'Warning', 'FailedComputeMetricsReplicas', afterwards);
  }

  #reconcile(autoscaler: Autoscaler): Reconciled {
    const before = autoscaler.status ?? { desiredReplicas: 0, currentMetrics: [] };
    const target = this.#targetOf(autoscaler);
    if ('problem' in target) {
      this.#recorder.event(autoscaler, 'Warning', 'FailedGetScale', target.problem);
      const message = `the HPA controller was unable to get the target's current scale: ${target.problem}`;
      return { status: this.#withCondition(before, 'AbleToScale', 'False', 'FailedGetScale', message) };
    }
    const got = "the HPA controller was able to get the target's current scale";
    const status = this.#withCondition(before, 'AbleToScale', 'True', 'SucceededGetScale', got);
    const current = target.scale.spec?.replicas ?? 0;
    const { minReplicas = 1, maxReplicas = 1 } = autoscaler.spec ?? {};
    if (current === 0) {
      const message = 'scaling is disabled since the replica count of the target is zero';
      const disabled = this.#withCondition(status, 'ScalingActive', 'False', 'ScalingDisabled', message);
      return { status: withCounts(disabled, 0, 0, []) };
    }
    if (current > maxReplicas)
      return this.#rescale(autoscaler, { ...target, status }, maxReplicas, 'above Spec.MaxReplicas');
    if (current < minReplicas)
      return this.#rescale(autoscaler, { ...target, status }, minReplicas, 'below Spec.MinReplicas');
    return this.#measure(autoscaler, status, current);
  }

  /** What is scaled, as the server knows it now. */
  #targetOf({ spec, metadata }: Autoscaler): Target | { readonly problem: string } {
    const { apiVersion = '', kind = '', name = '' } = spec?.scaleTargetRef ?? {};
    const found = resourceOfKind(apiVersion, kind);
    const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [];
    if (!found) return { problem: `no matches for kind "${kind}" in group "${group}"` };
    if (!found.subresources.includes('scale')) return { problem: 'the server could not find the requested resource' };
    const target = { resource: qualifiedName(found), namespace: metadata.namespace ?? '', name, subresource: 'scale' };
    const response = this.#context.client.get<Scale & KubeObject>(target);
    return response.ok ? { target, scale: response.object } : { problem: response.status.message ?? '' };
  }

  #rescale(
    autoscaler: Autoscaler,
    { target, scale, status }: Target & { status: Status },
    size: number,
    why: string,
  ): Reconciled {
    const current = scale.spec?.replicas ?? 0;
    const reason = `New size: ${size}; reason: Current number of replicas ${why}`;
    const response = this.#context.client.update<KubeObject>(target, {
      ...scale,
      spec: { replicas: size },
    } as KubeObject);
    if (!response.ok) {
      if (response.status.reason === 'Conflict') failSync(response.status);
      const { message = '' } = response.status;
      this.#recorder.event(autoscaler, 'Warning', 'FailedRescale', `${reason}; error: ${message}`);
      const says = `the HPA controller was unable to update the target scale: ${message}`;
      const failed = this.#withCondition(status, 'AbleToScale', 'False', 'FailedUpdateScale', says);
      return { status: withCounts(failed, current, status.desiredReplicas, []) };
    }
    this.#recorder.event(autoscaler, 'Normal', 'SuccessfulRescale', reason);
    const says = `the HPA controller was able to update the target scale to ${size}`;
    const done = this.#withCondition(status, 'AbleToScale', 'True', 'SucceededRescale', says);
    return {
      status: { ...withCounts(done, current, size, []), lastScaleTime: this.#context.kernel.timestamp() },
    };
  }

  /** What the Pods use is not known; that nobody serves it may be. */
  #measure(autoscaler: Autoscaler, status: Status, current: number): Reconciled {
    const { kernel, client, informers } = this.#context;
    const key = keyOf(autoscaler);
    const metrics = autoscaler.spec?.metrics ?? [];
    if (!this.#told.has(key)) {
      this.#told.add(key);
      const reason = 'what Pods use is not modelled: the number of replicas changes only to stay within its bounds';
      kernel.record(client.actor, client.actor, { type: 'unknown', subject: refOf(autoscaler), reason });
    }
    const failures = metrics.map(failureOf);
    const [first] = failures;
    const isServed = informers.of(services).get(metricsService) !== undefined;
    if (isServed || !first || failures.includes(undefined)) return { status };
    for (const failure of failures) {
      if (failure) this.#recorder.event(autoscaler, 'Warning', failure.reason, failure.error);
    }
    const message = `the HPA was unable to compute the replica count: ${first.error}`;
    const failed = this.#withCondition(status, 'ScalingActive', 'False', first.reason, message);
    const counts = `${failures.length} invalid out of ${failures.length}`;
    return {
      status: withCounts(
        failed,
        current,
        status.desiredReplicas,
        metrics.map(() => ({ type: '' })),
      ),
      afterwards: `invalid metrics (${counts}), first error is: failed to get ${first.what} metric value: ${first.error}`,
    };
  }

  /** A condition keeps its place, and its time as long as its status stays. */
  #withCondition(status: Status, type: string, value: string, reason: string, message: string): Status {
    const conditions = status.conditions ?? [];
    const known = conditions.find((one) => one.type === type);
    const time = known?.status === value ? known.lastTransitionTime : this.#context.kernel.timestamp();
    const added: Condition = { type, status: value, lastTransitionTime: time, reason, message };
    const changed = known ? conditions.map((one) => (one === known ? added : one)) : [...conditions, added];
    return { ...status, conditions: changed };
  }
}

interface Target {
  readonly target: {
    readonly resource: string;
    readonly namespace: string;
    readonly name: string;
    readonly subresource: string;
  };
  readonly scale: Scale;
}

interface Reconciled {
  readonly status: Status;
  /** What is told once the status is written. */
  readonly afterwards?: string;
}

function withCounts(status: Status, current: number, desired: number, metrics: Status['currentMetrics']): Status {
  const { currentReplicas: _, ...rest } = status;
  return { ...rest, ...(current && { currentReplicas: current }), desiredReplicas: desired, currentMetrics: metrics };
}

interface MetricFailure {
  readonly reason: string;
  readonly error: string;
  readonly what: string;
}

/** What is said of a metric where nobody serves what Pods use; undefined for those that others serve. */
function failureOf({ resource: ofPods, containerResource }: MetricSpec): MetricFailure | undefined {
  const source = ofPods ?? containerResource;
  if (!source) return undefined;
  const kind = source.target.averageValue === undefined ? 'utilization' : 'usage';
  const error = `failed to get ${source.name} ${kind}: unable to get metrics for resource ${source.name}: ${noMetrics}`;
  return containerResource
    ? { reason: 'FailedGetContainerResourceMetric', error, what: `${containerResource.container} container` }
    : { reason: 'FailedGetResourceMetric', error, what: `${source.name} resource` };
}
