// kube-scheduler: gives every Pod a node, or says why none fits.
import type { KubeObject, Pod } from '../../api/object.ts';
import type { ComponentContext } from '../client/component.ts';
import { invariant } from '../../base/invariant.ts';
import { cacheOf, ClusterCache } from './cluster-cache.ts';
import { setupOf, type SchedulerSetup } from './configuration/profiles.ts';
import { lookupInformers, startInformers } from './event-handlers.ts';
import type { Framework } from './framework/plugin.ts';
import { runPreEnqueue, runReserve } from './framework/runtime.ts';
import { Scheduler, schedulerNameOf, type ChooseNode } from './scheduler.ts';
import { evaluatePod, type Verdict } from './scheduling-cycle.ts';

export type { Blame } from './blame/blame.ts';
export { inquire, type Inquiry } from './blame/inquiry.ts';
export { amountAt, amountText, isForgottenMilli } from './blame/amounts.ts';
export { isSchedulerConfiguration } from './configuration/configuration.ts';
export { watchedResources } from './event-handlers.ts';
export { eventNote } from './framework/fit-error.ts';
export { runPreEnqueue, runReserve };
export { evaluatePod, type Verdict };

export interface SchedulerOptions {
  /** Takes one of several equally good nodes; the first by name if it names none of them. */
  readonly choose?: ChooseNode | undefined;
  /** A KubeSchedulerConfiguration that kube-scheduler starts with (`configurationProblem`). */
  readonly configuration?: KubeObject | undefined;
}

const defaultSetup = sound(
  setupOf({ apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' }),
);

function sound(setup: SchedulerSetup | { readonly problem: string }): SchedulerSetup {
  invariant(!('problem' in setup), `kube-scheduler does not start: ${'problem' in setup ? setup.problem : ''}`);
  return setup;
}

/** The plugins of the default profile. */
export const defaultFramework = defaultSetup.frameworks.get('default-scheduler') as Framework;

/** Why kube-scheduler would not start with a configuration, in its own words; undefined if it would. */
export function configurationProblem(configuration: KubeObject): string | undefined {
  const setup = setupOf(configuration);
  return 'problem' in setup ? setup.problem : undefined;
}

/** Configurations are values: each is read once. */
const knownSetups = new WeakMap<KubeObject, SchedulerSetup>();

function setupFor(configuration: KubeObject | undefined): SchedulerSetup {
  if (!configuration) return defaultSetup;
  const known = knownSetups.get(configuration) ?? sound(setupOf(configuration));
  knownSetups.set(configuration, known);
  return known;
}

/** The plugins that filter and score nodes for a Pod, in their order, by the name of its scheduler. */
export function pluginsFor(configuration: KubeObject | undefined, schedulerName = 'default-scheduler') {
  const { filter, score } = setupFor(configuration).frameworks.get(schedulerName) ?? defaultFramework;
  return {
    filter: filter.map(({ name }) => name),
    score: score.map(({ plugin, weight }) => ({ plugin: plugin.name, weight })),
  };
}

/** A cluster (objects in the order of the server's lists) as the scheduler of a profile sees it. */
export function snapshotOf(objects: readonly KubeObject[], framework = defaultFramework): ClusterCache {
  return cacheOf(
    objects,
    (pod, listers) =>
      schedulerNameOf(pod) === framework.schedulerName && runPreEnqueue(framework, pod, listers) === undefined,
  );
}

/** Reads a cluster (objects in the order of the server's lists) once, to judge any number of Pods on it as it is. */
export function prepareVerdict(objects: readonly KubeObject[]): (pod: Pod) => Verdict {
  const snapshot = snapshotOf(objects);
  return (pod) => evaluatePod(snapshot, pod, defaultFramework);
}

/** Starts the scheduler: it takes up every Pod without a node, now and later. */
export function startScheduler(context: ComponentContext, { choose, configuration }: SchedulerOptions = {}): void {
  const lookups = lookupInformers(context.client);
  const scheduler = new Scheduler(context, new ClusterCache(lookups), setupFor(configuration), choose);
  startInformers(scheduler, context.client, lookups);
}
