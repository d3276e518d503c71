// The simulator's front door: a cluster from objects, a run from a cluster.
export {
  convergeCluster,
  loadObjects,
  refusalOf,
  restoreState,
  saveState,
  withoutObjects,
  type SavedState,
} from './cluster.ts';
export { isSchedulerConfiguration } from './kube-scheduler/index.ts';
export { leftBehind } from './left-behind.ts';
export { noFiles } from './kubectl/index.ts';
export type { FileAccess, FileDocument } from './kubectl/index.ts';
export { parseDuration } from './kubelet/index.ts';
export type { ImageBehaviours } from './kubelet/index.ts';
export type { RunEnd } from './kernel/kernel.ts';
export { Simulation } from './simulation.ts';
export type { ClusterState, CommandResult } from './simulation.ts';
export type { Trace } from './trace.ts';
