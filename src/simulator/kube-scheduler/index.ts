// kube-scheduler: gives every Pod a node, or says why none fits.
import type { KubeObject, Pod } from '../../api/object.ts';
import type { ComponentContext } from '../client/component.ts';
import { ClusterCache, snapshotOf } from './cluster-cache.ts';
import { lookupInformers, startInformers } from './event-handlers.ts';
import { frameworkOf } from './framework/framework.ts';
import type { Framework } from './framework/plugin.ts';
import { defaultProfile } from './profile.ts';
import { registry } from './registry.ts';
import { Scheduler, type ChooseNode } from './scheduler.ts';
import { evaluatePod, type Verdict } from './scheduling-cycle.ts';

export { eventNote } from './framework/fit-error.ts';
export { runPreEnqueue, runReserve } from './framework/runtime.ts';
export { evaluatePod, snapshotOf, type Verdict };

export interface SchedulerOptions {
  /** Takes one of several equally good nodes; the first by name if it names none of them. */
  readonly choose?: ChooseNode | undefined;
}

/** The plugins of the default profile. */
export const defaultFramework: Framework = frameworkOf(defaultProfile, registry);

/** Reads a cluster (objects in the order of the server's lists) once, to judge any number of Pods on it as it is. */
export function prepareVerdict(objects: readonly KubeObject[]): (pod: Pod) => Verdict {
  const snapshot = snapshotOf(objects);
  return (pod) => evaluatePod(snapshot, pod, defaultFramework);
}

/** Starts the scheduler: it takes up every Pod without a node, now and later. */
export function startScheduler(context: ComponentContext, { choose }: SchedulerOptions = {}): void {
  const lookups = lookupInformers(context.client);
  const scheduler = new Scheduler(context, new ClusterCache(lookups), defaultFramework, choose);
  startInformers(scheduler, context.client, lookups);
}
