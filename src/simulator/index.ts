// The simulator's front door: a cluster from objects, a run from a cluster.
export { convergeCluster, loadObjects, withoutObjects } from './cluster.ts';
export type { ClusterOptions } from './cluster.ts';
export { noFiles } from './kubectl/index.ts';
export type { FileAccess, FileDocument } from './kubectl/index.ts';
export { parseDuration } from './kubelet/index.ts';
export type { ImageBehaviours } from './kubelet/index.ts';
export type { RunEnd } from './kernel/kernel.ts';
export { defaultLimits, Simulation } from './simulation.ts';
export type { ClusterState, CommandResult, SimulationOptions } from './simulation.ts';
export type { Participant, Trace, TraceEntry } from './trace.ts';
