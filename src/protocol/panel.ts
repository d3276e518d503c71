// What the panel is shown: plain data that crosses from the language server through the extension to the webview.
// Texts are ready to show; places are links that the extension opens.

export type StoryDepth = 'story' | 'flow' | 'wire';
export type Mark = 'ok' | 'failed' | 'unknown';
/** How an object or a whole run ended: `running` includes everything that came to what was asked for. */
export type Verdict = 'running' | 'pending' | 'refused' | 'failing' | 'unknown';

/** A place in a text document. Lines and characters count from 0, as in LSP; the end is exclusive. */
export interface Place {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Which manifests are simulated as one `kubectl apply -f`, and on which changes. Also what a reload restores the panel from. */
export interface RunRequest {
  /** Files and folders, as URIs. */
  readonly uris: readonly string[];
  readonly whatIf?: WhatIf;
}

/** Changes that are tried without being written. */
export interface WhatIf {
  /** Taints switched off: `node` and the taint as kubectl prints it, `dedicated=gpu:NoSchedule`. */
  readonly untaint?: readonly { readonly node: string; readonly taint: string }[];
  /** Nodes added, each of the shape of an existing one. */
  readonly addNodes?: readonly { readonly like: string; readonly count: number }[];
  /** Fields of applied objects with another value: replicas, requests. The path is written as the server writes it. */
  readonly set?: readonly { readonly object: string; readonly path: string; readonly value: string | number }[];
  /** Edits of the manifests as they are: a fix. */
  readonly edits?: readonly FileEdit[];
}

/** One run, as the panel opens on it. Everything else is asked for when it is looked at. */
export interface RunView {
  /** Names the run in later requests; another run of the same request has another. */
  readonly run: number;
  /** `pod.yaml`, `app/`, `3 files`. */
  readonly title: string;
  readonly banner: Banner;
  /** The objects that were applied, in order. */
  readonly objects: readonly ObjectView[];
  /** Virtual milliseconds from the apply to rest. */
  readonly duration: number;
  /** Virtual milliseconds at which a Pod, a node or an Event changed: the marks of the time line. */
  readonly moments: readonly number[];
  /** Keys of what `kubectl describe` can be asked for, those of Pods first. */
  readonly describable: readonly string[];
  /** How many fields the server added to the first object. */
  readonly added: number;
  readonly story: StoryView;
}

export interface Banner {
  readonly verdict: Verdict;
  /** One sentence that a tired person understands: `myapp stays Pending: no node takes it`. */
  readonly headline: string;
  /** The component's own words, verbatim, if there is a finding. */
  readonly message?: string;
  /** The same in plain words: who is the culprit, what to do. */
  readonly explanation?: string;
  readonly place?: Place;
  /** Everything that is found, counted, if it is more than `message`: `2 errors, 1 warning`. */
  readonly found?: string;
  /** What is found besides `message`, the gravest first, as much of it as one still reads. */
  readonly others: readonly { readonly severity: string; readonly message: string; readonly place?: Place }[];
  /** What stays open although the workloads are up: `Not known: what becomes of PodDisruptionBudget web`. */
  readonly footnote?: string;
  /** `tutorial`, or the cluster file's name. */
  readonly cluster: string;
  /** Nobody chose the cluster. */
  readonly assumed: boolean;
  /** `3 nodes, Kubernetes 1.36`. */
  readonly clusterDetail: string;
}

export interface ObjectView {
  /** `Pod default/myapp`: names the object in requests. */
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly verdict: Verdict;
  /** `Running on worker-1`. */
  readonly says: string;
  readonly place?: Place;
}

export interface StoryView {
  readonly depth: StoryDepth;
  readonly phases: readonly PhaseView[];
  /** What was never reached because something failed before: `Run`, `Reach`. */
  readonly unreached: readonly string[];
  /** Mermaid text. */
  readonly mermaid: string;
  /** For each message and note of the diagram, in order, the `seq` of its step; -1 for none. */
  readonly index: readonly number[];
}

export interface PhaseView {
  readonly title: string;
  readonly steps: readonly StepView[];
}

export interface StepView {
  readonly seq: number;
  /** Virtual milliseconds since the apply began. */
  readonly time: number;
  readonly from: string;
  readonly to: string;
  readonly form: 'arrow' | 'answer' | 'note';
  readonly text: string;
  readonly result: Mark;
  readonly count: number;
}

/** The selected step in full. */
export interface StepDetail {
  readonly seq: number;
  readonly heading: string;
  /** Two sentences: what this component is, and why it acts now. */
  readonly teaching: string;
  /** Request, response, object, decision: each a titled text. */
  readonly sections: readonly Section[];
  readonly place?: Place;
  /** Steps that brought this one about, nearest first, and that it brought about. */
  readonly causes: readonly StepLink[];
  readonly effects: readonly StepLink[];
}

export interface StepLink {
  readonly seq: number;
  readonly text: string;
}

export interface Section {
  readonly title: string;
  readonly language: 'yaml' | 'text' | 'diff';
  readonly text: string;
}

/** Why a Pod is where it is, or nowhere: nodes × filter plugins. */
export interface NodesView {
  /** The Pods that the scheduler decided about. */
  readonly pods: readonly { readonly key: string; readonly says: string }[];
  /** The Pod that is shown. */
  readonly pod?: string;
  readonly message?: string;
  /** How many Pods of its workload have a node in the end; missing for a Pod that is alone. */
  readonly replicas?: { readonly of: string; readonly placed: number; readonly all: number };
  /** The filter plugins that ran, in their order. */
  readonly plugins: readonly string[];
  readonly rows: readonly NodeRow[];
  /** Plugins that scored, with their weights. */
  readonly scorers: readonly { readonly plugin: string; readonly weight: number }[];
  readonly unknown: readonly string[];
}

export interface NodeRow {
  readonly node: string;
  /** `2 CPU · 4Gi · 3 Pods`. */
  readonly detail: string;
  /** How many of the workload's Pods are here in the end; missing for a Pod that is alone. */
  readonly replicas?: number;
  readonly place?: Place;
  /** One cell a plugin, in the order of `plugins`. */
  readonly cells: readonly NodeCell[];
  /** Weighted scores in the order of `scorers`, of nodes that fit. */
  readonly scores?: readonly number[];
  readonly total?: number;
  readonly chosen: boolean;
  /** As good as the chosen one. */
  readonly best: boolean;
  readonly says: string;
}

export interface NodeCell {
  /** `first`: what the scheduler reports; `hidden`: would come next once the first is solved. */
  readonly state: 'ok' | 'first' | 'hidden' | 'skipped';
  readonly reasons: readonly string[];
  /** What decides it, in values: `cpu: asks 2, free 500m`. */
  readonly detail?: string;
  /** The field of the Pod. */
  readonly place?: Place;
}

/** What kubectl would print at a moment. */
export interface KubectlView {
  readonly time: number;
  readonly outputs: readonly { readonly command: string; readonly output: string }[];
}

/** What the server stores of an object, beside what was written. */
export interface StoredView {
  readonly key: string;
  /** Lines of the stored object as YAML: kept from the file, or added by whom. */
  readonly lines: readonly StoredLine[];
  /** How many fields were added. */
  readonly added: number;
  /** `before`: this apply wrote nothing, what is shown was there; `nothing`: there is no such object, the lines are the file's. */
  readonly stored: 'written' | 'before' | 'nothing';
}

export interface StoredLine {
  readonly text: string;
  readonly state: 'same' | 'added' | 'changed' | 'removed';
  /** Who added it: `defaulting`, `ServiceAccount`, `kube-apiserver`. */
  readonly by?: string;
}

/** What may be tried, with what stands now. */
export interface WhatIfView {
  readonly taints: readonly { readonly node: string; readonly taint: string; readonly on: boolean }[];
  readonly nodes: readonly { readonly name: string; readonly detail: string }[];
  readonly fields: readonly {
    readonly object: string;
    readonly path: string;
    readonly label: string;
    readonly value: string | number;
  }[];
}

/** A change that a re-run has proved. */
export interface FixView {
  readonly id: string;
  /** `Tolerate dedicated=gpu:NoSchedule`. */
  readonly title: string;
  /** `→ runs on worker-1 after 3.8 s`. */
  readonly outcome: string;
  /** What changes where: `Changes 1 value in pod.yaml, line 14.` */
  readonly detail: string;
  /** `manifest`: may be applied to the file; `cluster`: advice, a kubectl command. */
  readonly target: 'manifest' | 'cluster';
  readonly command?: string;
  readonly edits?: readonly FileEdit[];
  /** How to try it without writing it. */
  readonly whatIf?: WhatIf;
}

export interface FileEdit {
  readonly uri: string;
  readonly edits: readonly { readonly range: Place['range']; readonly newText: string }[];
  /** The file is to be made: its only edit is its text. */
  readonly creates?: boolean;
}
