// Where the Pods of one workload are in the end: how they are spread over the nodes.
import { controllerOf, type Pod } from '../../api/object.ts';
import { objectsAt } from '../../simulator/index.ts';
import type { NodesView } from '../../protocol/panel.ts';
import type { PanelRun } from './panel-run.ts';

export interface Replicas {
  readonly view: NonNullable<NodesView['replicas']>;
  /** The number of them on a node. */
  on(node: string): number;
}

/** Undefined for a Pod that is alone. */
export function replicasOf(run: PanelRun, pod: Pod | undefined): Replicas | undefined {
  const uid = pod && controllerOf(pod)?.uid;
  if (!uid) return undefined;
  const pods = objectsAt<Pod>(run.applied.state(), 'pods').filter((one) => controllerOf(one)?.uid === uid);
  if (pods.length < 2) return undefined;
  const counts = new Map<string, number>();
  for (const { spec } of pods) if (spec?.nodeName) counts.set(spec.nodeName, (counts.get(spec.nodeName) ?? 0) + 1);
  const placed = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const { kind, name } = run.attribution(pod).subject;
  return { view: { of: `${kind} ${name}`, placed, all: pods.length }, on: (node) => counts.get(node) ?? 0 };
}
