// Which nodes lack a daemon Pod, and which Pods are where they should not be (manage and podsShouldBeOnNode).
import type { DaemonSet, Pod } from '../../../api/object.ts';
import { isPodReady, isPodTerminal } from '../pod-state.ts';
import { scaledValue } from '../scaled-value.ts';
import { byAge, type Daemons } from './daemons.ts';
import { revisionLabel } from './placement.ts';

/** What is to be done: nodes that get a Pod, Pods that go. */
export interface Changes {
  readonly create: readonly string[];
  readonly remove: readonly Pod[];
}

/** Whether a Pod that has ended may be removed now; it notes that one was. */
export type MayRemove = (pod: Pod, nodeName: string) => boolean;

export function changesFor(daemons: Daemons, mayRemove: MayRemove): Changes {
  const create: string[] = [];
  const remove: Pod[] = [];
  const known = new Set<string>();
  for (const { metadata } of daemons.nodes) {
    const name = metadata.name ?? '';
    known.add(name);
    const { runs, stays } = daemons.placement(name);
    const pods = daemons.on(name);
    if (runs && pods.length === 0) create.push(name);
    else if (stays) {
      const changes = onNode(daemons, name, mayRemove);
      create.push(...changes.create);
      remove.push(...changes.remove);
    } else remove.push(...pods.filter((pod) => !pod.metadata.deletionTimestamp));
  }
  for (const name of daemons.nodeNames()) {
    // The node that the Pod waits for is gone.
    if (!known.has(name)) remove.push(...daemons.on(name).filter(({ spec }) => !spec?.nodeName));
  }
  return { create, remove };
}

function onNode(daemons: Daemons, name: string, mayRemove: MayRemove): Changes {
  const running: Pod[] = [];
  const remove: Pod[] = [];
  for (const pod of daemons.on(name)) {
    if (pod.metadata.deletionTimestamp) continue;
    if (!isPodTerminal(pod)) running.push(pod);
    else if (mayRemove(pod, name)) remove.push(pod);
  }
  running.sort(byAge);
  if (!allowsSurge(daemons.daemonSet)) return { create: [], remove: [...remove, ...running.slice(1)] };
  if (running.length > 1) return { create: [], remove: [...remove, ...surplus(daemons, running)] };
  const isMissing = running.length === 0 && daemons.placement(name).runs;
  return { create: isMissing ? [name] : [], remove };
}

/** During a surge a node may have a new Pod beside the old one, until the new one can take over. */
function surplus(daemons: Daemons, running: readonly Pod[]): Pod[] {
  const isNew = ({ metadata }: Pod) => metadata.labels?.[revisionLabel] === daemons.hash;
  const newest = running.find(isNew);
  const oldest = running.find((pod) => !isNew(pod));
  const others = running.filter((pod) => pod !== newest && pod !== oldest);
  const isReplaced = newest && oldest && (!isPodReady(oldest) || daemons.isAvailable(newest));
  return isReplaced ? [...others, oldest] : others;
}

function allowsSurge({ spec }: DaemonSet): boolean {
  const { type, rollingUpdate } = spec?.updateStrategy ?? {};
  return type === 'RollingUpdate' && scaledValue(rollingUpdate?.maxSurge, 1, true) > 0;
}
