// Requests beyond LSP that the language server answers, by method name: what they take and give. The webview asks the same ones through the
// extension, which forwards them.
import type {
  FileEdit,
  FixView,
  KubectlView,
  NodesView,
  RunRequest,
  RunView,
  StepDetail,
  StoredView,
  StoryDepth,
  StoryView,
  WhatIf,
  WhatIfView,
} from './panel.ts';

/** Method → parameters and result. A run that is no longer kept is answered with the error code `runIsGone`: simulate again. */
export interface Requests {
  'applyscope/simulate': { params: RunRequest; result: RunView };
  'applyscope/story': { params: { run: number; depth: StoryDepth }; result: StoryView };
  'applyscope/step': { params: { run: number; seq: number }; result: StepDetail };
  'applyscope/nodes': { params: { run: number; pod?: string }; result: NodesView };
  'applyscope/kubectl': { params: { run: number; time: number; object?: string }; result: KubectlView };
  'applyscope/stored': { params: { run: number; object: string }; result: StoredView };
  'applyscope/whatIf': { params: { run: number }; result: WhatIfView };
  /** The edits that write a what-if to the manifests and to the cluster file. */
  'applyscope/writeWhatIf': { params: { request: RunRequest; whatIf: WhatIf }; result: readonly FileEdit[] };
  'applyscope/fixes': { params: { run: number }; result: readonly FixView[] };
  'applyscope/report': { params: { run: number; depth: StoryDepth }; result: { markdown: string } };
  /** The cluster that a manifest is judged on; without one, that of the workspace's first folder. */
  'applyscope/cluster': { params: { readonly uri?: string }; result: ClusterView };
}

export type Method = keyof Requests;

/** JSON-RPC error code for a run that was dropped. */
export const runIsGone = -32_800 - 17;

/** Notification of the server: what a run was made from has changed. The client simulates again what it shows. */
export const runsChanged = 'applyscope/runsChanged';

/** The cluster that runs start from, as a tree view shows it. */
export interface ClusterView {
  readonly name: string;
  readonly assumed: boolean;
  /** One sentence, if its files are none. */
  readonly problem?: string;
  readonly nodes: readonly ClusterNode[];
}

export interface ClusterNode {
  readonly name: string;
  readonly taints: readonly string[];
  /** `cpu: 1500m of 2 free`. */
  readonly free: readonly string[];
  /** Pods on it after the last run: `default/myapp`. */
  readonly pods: readonly string[];
  readonly place?: { readonly uri: string; readonly line: number };
}
