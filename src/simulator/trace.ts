// The trace: what happened in a run, line by line, each with its cause. Everything shown to a person is read off it.
import type { KubeObject, ObjectRef } from '../api/object.ts';
import type { ApiStatus } from '../api/status.ts';

/**
 * Who acts: a program's name, for programs that run more than once followed by where or which:
 * `kubectl`, `kube-apiserver`, `kubelet/worker-1`, `kube-controller-manager/deployment-controller`.
 */
export type Participant = string;

/** The program of a participant: `kubelet` of `kubelet/worker-1`. */
export function programOf(participant: Participant): string {
  const slash = participant.indexOf('/');
  return slash < 0 ? participant : participant.slice(0, slash);
}

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** What a request is about. `resource` is `pods` or `deployments.apps`; a path that is no resource (`/api`) stands in `uri`. */
export interface RequestTarget {
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  readonly uri?: string;
}

interface TraceEntryBase {
  /** Position in the trace, from 0. */
  readonly seq: number;
  /** Virtual milliseconds since the run began. */
  readonly time: number;
  readonly from: Participant;
  readonly to: Participant;
  /** The entry that brought this one about. */
  readonly cause?: number;
}

export interface RequestDetails {
  readonly type: 'request';
  readonly verb: Verb;
  readonly target: RequestTarget;
  readonly body?: unknown;
  /** Of kubectl's requests: the query as sent, `fieldManager=…&fieldValidation=Strict`. */
  readonly query?: string;
  /** Of requests for Events: the reason of the Event, and the object it is about as `Pod/myapp`. */
  readonly event?: { readonly reason: string; readonly about: string };
}

export interface ResponseDetails {
  readonly type: 'response';
  /** `seq` of the request answered. */
  readonly request: number;
  readonly code: number;
  readonly body?: KubeObject | ApiStatus;
  readonly warnings?: readonly string[];
}

export interface WatchDetails {
  readonly type: 'watch';
  readonly change: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: string;
  readonly object: KubeObject;
}

/** A write to etcd: the key's new value and the one before. */
export interface StoreDetails {
  readonly type: 'store';
  readonly change: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly key: string;
  readonly revision: number;
  readonly resource: string;
  /** The participant whose request caused the write. */
  readonly actor: Participant;
  readonly object: KubeObject;
  readonly previous?: KubeObject;
}

export interface DecisionDetails {
  readonly type: 'decision';
  readonly subject: ObjectRef;
  readonly decision: Decision;
}

/** What a component did outside the API: pull, create, program routes. */
export interface ActionDetails {
  readonly type: 'action';
  readonly subject?: ObjectRef;
  readonly action: RuntimeAction;
}

/** The run touched what the simulator does not model: the verdict for the subject is unknown from here on. */
export interface UnknownDetails {
  readonly type: 'unknown';
  readonly subject: ObjectRef;
  /** Field path, as the server prints it. */
  readonly path?: string;
  readonly reason: string;
}

/** The reason where an object may seem missing only because the cluster was given without any of its kind. */
export function omittedReason(kind: string, name: string): string {
  const all = kind.endsWith('s') ? `${kind}es` : `${kind}s`;
  return `the cluster was given without its ${all}: whether the ${kind} ${name} is there is open`;
}

/** The user runs kubectl. */
export interface CommandDetails {
  readonly type: 'command';
  readonly args: readonly string[];
}

/** A line that kubectl prints. */
export interface OutputDetails {
  readonly type: 'output';
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

export type TraceDetails =
  | RequestDetails
  | ResponseDetails
  | WatchDetails
  | StoreDetails
  | DecisionDetails
  | ActionDetails
  | UnknownDetails
  | CommandDetails
  | OutputDetails;

export type TraceEntry = TraceEntryBase & TraceDetails;
export type Trace = readonly TraceEntry[];

export type Decision =
  | AuthenticationDecision
  | AuthorizationDecision
  | AdmissionDecision
  | ValidationDecision
  | SchedulingDecision
  | KubeletDecision;

export interface AuthenticationDecision {
  readonly type: 'authentication';
  readonly user: string;
  readonly groups: readonly string[];
}

export interface AuthorizationDecision {
  readonly type: 'authorization';
  readonly allowed: boolean;
  /** As the authorizer gives it: `RBAC: allowed by ClusterRoleBinding "cluster-admin" of ClusterRole …`. */
  readonly reason: string;
}

/** What one admission plugin, or defaulting (`plugin: 'defaulting'`), did to an object. */
export interface AdmissionDecision {
  readonly type: 'admission';
  readonly plugin: string;
  readonly allowed: boolean;
  /** The fields it set, as the server prints paths. */
  readonly changed?: readonly string[];
  readonly message?: string;
}

export interface ValidationDecision {
  readonly type: 'validation';
  readonly allowed: boolean;
  readonly status?: ApiStatus;
}

/** Codes of the scheduling framework (k8s.io/kube-scheduler/framework). */
export type StatusCode =
  'Success' | 'Error' | 'Unschedulable' | 'UnschedulableAndUnresolvable' | 'Wait' | 'Skip' | 'Pending';

/** What one plugin said. `plugin` is absent where a PreFilter node set excluded the node. */
export interface PluginStatus {
  readonly plugin?: string;
  readonly code: StatusCode;
  readonly reasons: readonly string[];
}

/** What the scheduler found about one node. */
export interface NodeVerdict {
  /** The first failing filter, as the real chain reports it; null: the Pod fits. */
  readonly first: PluginStatus | null;
  /** Every failing filter, each asked for itself. */
  readonly all: readonly PluginStatus[];
  /** Of nodes that fit: plugin → raw, normalized and weighted score. */
  readonly scores?: Readonly<Record<string, readonly [number, number, number]>>;
  readonly total?: number;
}

/** What making room for a Pod would remove, and where. */
export interface Preemption {
  /** Every node on which it helps, with the Pods that would go, the most important first. */
  readonly candidates: readonly {
    readonly node: string;
    /** `namespace/name`. */
    readonly victims: readonly string[];
    /** How many of the victims a PodDisruptionBudget protects. */
    readonly pdbViolations?: number;
  }[];
  /** The best of them; the real scheduler takes one by chance. */
  readonly nominated: readonly string[];
  /** The one that was taken: the node is kept for the Pod. */
  readonly node?: string;
}

/** Why a Pod that had to wait is tried again. */
export interface Requeue {
  /** As the scheduler calls it: `NodeAdd`, `AssignedPodDelete`, `BackoffComplete`, `UnschedulableTimeout`. */
  readonly event: string;
  /** What changed. */
  readonly object?: ObjectRef;
  /** The plugins that had refused the Pod and find the change worth another attempt. */
  readonly plugins?: readonly string[];
}

/** One scheduling cycle of one Pod, with what the real scheduler does not tell. */
export interface SchedulingDecision {
  readonly type: 'scheduling';
  readonly result: 'scheduled' | 'unschedulable' | 'gated' | 'error' | 'unknown';
  /** The node chosen; where several are best, `best` names them all and the first by name is taken. */
  readonly node?: string;
  readonly best: readonly string[];
  /** The condition's reason and message: `Unschedulable` or `SchedulerError`, and the full text. */
  readonly reason?: string;
  readonly message?: string;
  readonly nodes: Readonly<Record<string, NodeVerdict>>;
  /** In a large cluster the scheduler stops when it has found enough nodes that fit: how many it looked at; absent: all of them. */
  readonly looked?: number;
  readonly skipped: readonly string[];
  readonly preFilter: readonly (PluginStatus & { readonly nodes?: readonly string[] })[];
  readonly postFilter?: { readonly code: StatusCode; readonly message?: string };
  readonly preemption?: Preemption;
  readonly gated?: PluginStatus;
  /** Why the verdict is unknown: what was met that no plugin of ours looks at. */
  readonly unknown?: readonly { readonly path?: string; readonly reason: string }[];
  /** Which attempt this is, from 1, and what moved the Pod back into the active queue before it. */
  readonly attempt: number;
  readonly requeuedBy?: Requeue;
}

export interface KubeletDecision {
  readonly type: 'kubelet-admission';
  readonly allowed: boolean;
  readonly reason?: string;
  readonly message?: string;
}

export type RuntimeAction =
  | { readonly type: 'run-sandbox' }
  | { readonly type: 'sandbox'; readonly id: string; readonly ip: string }
  | { readonly type: 'ipam'; readonly ip: string; readonly block: string }
  | { readonly type: 'route'; readonly destination: string; readonly via: string; readonly node: string }
  | {
      readonly type: 'pull';
      readonly image: string;
      readonly phase: 'begin' | 'end';
      readonly error?: string;
      readonly size?: number;
    }
  | {
      readonly type: 'container';
      readonly phase: 'create' | 'start' | 'exit';
      readonly container: string;
      readonly id: string;
      readonly exitCode?: number;
      readonly error?: string;
    }
  | {
      readonly type: 'service-rules';
      readonly service: string;
      readonly address: string;
      /** Where traffic to the address is rewritten to, one of them by chance. */
      readonly endpoints: readonly string[];
      /** Without endpoints: refused at once, dropped because this node may use none, or left to routing: no rules any more. */
      readonly verdict?: 'reject' | 'drop' | 'unrouted';
    }
  | { readonly type: 'dns-record'; readonly name: string; readonly addresses: readonly string[] }
  | { readonly type: 'dns-query'; readonly name: string; readonly answer: string }
  | {
      readonly type: 'connection';
      readonly source: string;
      readonly destination: string;
      readonly rewrittenTo?: string;
      readonly result: string;
    };
