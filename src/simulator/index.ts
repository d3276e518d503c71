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
export { isSchedulerConfiguration, pluginsFor } from './kube-scheduler/index.ts';
export { leftBehind } from './left-behind.ts';
export { noFiles } from './kubectl/index.ts';
export { buildKustomization } from './kubectl/kustomize/build.ts';
export { kustomizationFiles, type Built, type Contents as KustomizeContents } from './kubectl/kustomize/contents.ts';
export { Scalar } from './kubectl/kustomize/node.ts';
export type { FileAccess, FileDocument } from './kubectl/index.ts';
export { printYaml } from './kubectl/printing/yaml.ts';
export { traced as redacted } from './kube-apiserver/redaction.ts';
export { podRequests } from './kube-scheduler/framework/pod-requests.ts';
export { parseDuration } from '../base/duration.ts';
export { amountAt, amountText, isForgottenMilli, inquire, type Blame, type Inquiry } from './kube-scheduler/index.ts';
export type { ImageBehaviours } from './kubelet/index.ts';
export type { RunEnd } from './kernel/kernel.ts';
export type { CommandResult } from './command-output.ts';
export { lookAt, objectsAt } from './look.ts';
export { Simulation } from './simulation.ts';
export type { ClusterState } from './simulation.ts';
export type { Trace } from './trace.ts';
