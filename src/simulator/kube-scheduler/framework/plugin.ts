// The contract between the framework and its plugins: the extension points of Kubernetes' scheduling framework (1.36), with
// their names and codes. A plugin implements the points it has a say in; it keeps nothing but what it writes to CycleState.
import type { Pod } from '../../../api/object.ts';
import type { Client } from '../../client/client.ts';
import type { PluginStatus, Preemption } from '../../trace.ts';
import type { ClusterEvent, EventAction, EventResource } from './cluster-event.ts';
import type { CycleState } from './cycle-state.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';
import type { Listers, Snapshot } from './snapshot.ts';
import type { Status } from './status.ts';

/** The most a node may score after normalizeScore; the least is 0. */
export const maxNodeScore = 100;

/** One attempt to find a node for a Pod. Nothing in it changes but the state. */
export interface Cycle {
  readonly framework: Framework;
  readonly snapshot: Snapshot;
  readonly pod: PodInfo;
  readonly state: CycleState;
  /** Where the search begins that ends when enough nodes are found; absent: all nodes are looked at. */
  readonly searchFrom?: number | undefined;
  /** When it is made, in virtual milliseconds; absent: no time has passed. */
  readonly now?: number | undefined;
}

/** An answer of PreFilter; code Success with `nodes` restricts the Pod to these nodes. */
export interface PreFilterStatus extends Status {
  readonly nodes?: ReadonlySet<string>;
}

/** An answer of PostFilter (PostFilterResult). Success: room is being made. */
export interface PostFilterStatus extends Status {
  /** The Pods to be removed, and where. */
  readonly preemption?: Preemption;
  /** Empty: no node is kept for the Pod any longer. Absent: what was nominated stays so. */
  readonly nominatedNodeName?: string;
  /** What the plugin asks of the server in consequence. */
  readonly effect?: (client: Client) => void;
}

/** A node's score of one plugin, to be normalized. */
export interface NodeScore {
  readonly node: NodeInfo;
  score: number;
}

/** Something in the Pod or the cluster that decides and that the simulator does not model. */
export interface Unmodelled {
  /** Field path in the Pod. */
  readonly path?: string;
  readonly reason: string;
}

/** A waiting Pod as QueueSort compares it. */
export interface Waiting {
  readonly pod: Pod;
  /** Virtual milliseconds at which it was (last) added to the queue. */
  readonly timestamp: number;
}

/** What the last steps of a Pod's way to its node may use, from Reserve on. */
export interface Binding {
  readonly client: Client;
  /** The cycle that found the node, with what plugins wrote to its state. */
  readonly cycle: Cycle;
  readonly pod: Pod;
  readonly nodeName: string;
  /** The time of the step, as the API writes times. */
  readonly timestamp: () => string;
  /** The Pod was deleted while it was on its way. */
  readonly isPodGone: () => boolean;
  /** Records an Event about the Pod. */
  readonly announce: (reason: string, note: string) => void;
}

/** Work that others have to finish: yields the virtual milliseconds until it is looked at again. */
export type WaitingFor<T> = Generator<number, T, void>;

/** What the scheduler is doing for Pods meanwhile. */
export interface Ongoing {
  /** Whether the Pod's victims are still being told that they have to go. */
  isPreempting(pod: Pod): boolean;
}

/** EventsToRegister: which change can make a Pod schedulable that the plugin refused, and whether this one does. */
export interface QueueingHint {
  readonly resource: EventResource | 'Pod';
  readonly actions: readonly EventAction[];
  /** Absent: every such change is worth a try. */
  readonly isWorthTrying?: (pod: Pod, event: ClusterEvent, listers: Listers) => boolean;
}

export interface Plugin {
  readonly name: string;
  /** The plugin with arguments of a configuration in place of its defaults; they are of its own type, and valid. */
  configured?(args: object): Plugin;

  /** May keep the Pod out of the active queue. */
  preEnqueue?(pod: Pod, listers: Listers, ongoing?: Ongoing): Status | undefined;
  /** The order of the active queue: negative if `a` goes first. */
  queueSort?(a: Waiting, b: Waiting): number;

  /** Once for a Pod: prepares the filter, restricts the nodes, refuses the Pod as a whole, or says Skip. */
  preFilter?(cycle: Cycle): PreFilterStatus | undefined;
  /**
   * What the prepared state would be if a Pod were added to a node (PreFilterExtensions), or removed from it. `node` is the node
   * with that change. Writes to the cycle's state, which is a copy; not called after Skip.
   */
  addPod?(cycle: Cycle, added: PodInfo, node: NodeInfo): void;
  removePod?(cycle: Cycle, removed: PodInfo, node: NodeInfo): void;
  /** Whether the Pod fits on the node. Not called after Skip. */
  filter?(cycle: Cycle, node: NodeInfo): Status | undefined;
  /** Called when no node fits, with what each node failed for. */
  postFilter?(cycle: Cycle, nodes: ReadonlyMap<string, PluginStatus>): PostFilterStatus | undefined;

  preScore?(cycle: Cycle, feasible: readonly NodeInfo[]): Status | undefined;
  /** A whole number; between 0 and 100 unless normalizeScore makes it so. Not called after Skip. */
  score?(cycle: Cycle, node: NodeInfo): number;
  /** Brings the scores of all feasible nodes into the range. */
  normalizeScore?(cycle: Cycle, scores: readonly NodeScore[]): void;

  reserve?(binding: Binding): Status | undefined;
  unreserve?(binding: Binding): void;
  permit?(binding: Binding): Status | undefined;
  /** Whether PreBind has something to do for the Pod. If so, the node is nominated before, for all to see. */
  preBindPreFlight?(binding: Binding): boolean;
  preBind?(binding: Binding): Status | undefined | WaitingFor<Status | undefined>;
  /** Skip: left to the next plugin. */
  bind?(binding: Binding): Status | undefined;
  postBind?(binding: Binding): void;

  readonly queueingHints?: readonly QueueingHint[];

  /** What of this plugin's business the simulator cannot judge. Anything here makes the verdict unknown. */
  unmodelled?(cycle: Cycle): readonly Unmodelled[];
}

export type ExtensionPoint = Exclude<
  keyof Plugin,
  | 'name'
  | 'configured'
  | 'addPod'
  | 'removePod'
  | 'normalizeScore'
  | 'unreserve'
  | 'preBindPreFlight'
  | 'queueingHints'
  | 'unmodelled'
>;

/** A plugin that implements an extension point. */
export type PluginAt<Point extends ExtensionPoint> = Plugin & Required<Pick<Plugin, Point>>;

/** The plugins of a profile at every extension point, in order. */
export type Framework = { readonly [Point in Exclude<ExtensionPoint, 'score'>]: readonly PluginAt<Point>[] } & {
  readonly schedulerName: string;
  readonly score: readonly { readonly plugin: PluginAt<'score'>; readonly weight: number }[];
  /** Every plugin once, in the order of first appearance. */
  readonly plugins: readonly Plugin[];
  /** How much of a large cluster is looked at; 0: the larger it is, the less. */
  readonly percentageOfNodesToScore: number;
  /** What of the configuration is not modelled. */
  readonly unmodelled: readonly Unmodelled[];
};
