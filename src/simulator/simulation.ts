// The composition root: a kernel, an API server over etcd, and every component wired to them. A simulation lives for one run.
import type { FieldDocs } from '../api/field-docs.ts';
import type { EndpointSlice, KubeObject, Namespace, NetworkPolicy, Node, Pod, Service } from '../api/object.ts';
import { finished, never, type Gradual, type IsDue } from '../base/gradual.ts';
import { invariant } from '../base/invariant.ts';
import type { Client } from './client/client.ts';
import { startCalico } from './calico/index.ts';
import { startCoreDns } from './coredns/index.ts';
import { Etcd, type Snapshot } from './etcd/etcd.ts';
import { Kernel, type Process, type RunEnd, type RunLimits } from './kernel/kernel.ts';
import { Server } from './kube-apiserver/server.ts';
import { startControllerManager } from './kube-controller-manager/index.ts';
import { startKubeProxy } from './kube-proxy/index.ts';
import { startScheduler } from './kube-scheduler/index.ts';
import { CommandOutput, type CommandResult } from './command-output.ts';
import { DiskCache, runKubectl, type FileAccess } from './kubectl/index.ts';
import { seenByNodes, seenByScheduler } from './late-start.ts';
import { lookAt } from './look.ts';
import { startKubelet, type ImageBehaviours } from './kubelet/index.ts';
import { traceConnection } from './reach.ts';
import type { Participant, Trace } from './trace.ts';

/** A cluster at rest, as a value: runs begin from it, as often as one likes, without touching it. */
export interface ClusterState {
  readonly snapshot: Snapshot;
  /** Virtual milliseconds at which it came to rest. */
  readonly time: number;
  /** What kube-scheduler is configured with (a KubeSchedulerConfiguration), if not its defaults. */
  readonly schedulerConfiguration?: KubeObject;
  /** Resources (`secrets`) of which the cluster was given none: that an object of these is not there says nothing. */
  readonly omits?: readonly string[];
}

export interface SimulationOptions {
  readonly seed?: number;
  /** What images do when they are pulled and started. */
  readonly images?: ImageBehaviours;
  /** Which of the equally best nodes a Pod gets; the first by name unless told. */
  readonly choose?: (pod: Pod, best: readonly string[]) => string | undefined;
  /** Virtual milliseconds after the beginning, and steps, at which a run that does not come to rest is cut. */
  readonly limits?: RunLimits;
  /** Only kube-apiserver and what its answers stand on: nothing comes of what is applied. */
  readonly only?: 'api' | undefined;
  /** Without what no finding stands on: Normal Events (but for those of claims), and what kube-proxy and CoreDNS make of Services. */
  readonly brief?: boolean | undefined;
  /** What kube-apiserver documents of fields. */
  readonly fieldDocs?: (() => FieldDocs | undefined) | undefined;
}

/** Fifteen virtual minutes: time for every back-off to show itself, and for a Job to give up after six retries. The work is that of some 3,000 Pods, a few seconds of ours. */
export const defaultLimits: RunLimits = { horizon: 900_000, maxSteps: 300_000 };

export class Simulation {
  readonly kernel: Kernel;
  readonly #etcd: Etcd;
  readonly #server: Server;
  readonly #options: SimulationOptions;
  readonly #limits: RunLimits;
  #calico: ReturnType<typeof startCalico> | undefined;
  readonly #cache = new DiskCache();
  readonly #kubelets = new Map<string, { stop(): void }>();
  /** What of the cluster's state no run changes. */
  readonly #given: Omit<ClusterState, 'snapshot' | 'time'>;

  constructor(start: ClusterState, options: SimulationOptions = {}) {
    const { seed = 1, limits = defaultLimits, brief = false } = options;
    this.#options = options;
    const { snapshot, time, ...given } = start;
    this.#given = given;
    this.kernel = new Kernel({ seed, time, brief });
    this.#limits = { ...limits, horizon: time + limits.horizon };
    this.#etcd = new Etcd(snapshot);
    this.#server = new Server(this.kernel, this.#etcd);
    this.kernel.untraced(() => {
      this.#start();
      // what was at rest stays at rest; only the programs' own first look takes place here
      this.kernel.run(this.#limits);
    });
  }

  /** Starts the programs; they list what is there, which is no part of the run. */
  #start(): void {
    startControllerManager(this.kernel, this.#connect, this.#options.only);
    if (this.#options.only) return;
    const { schedulerConfiguration: configuration } = this.#given;
    this.#inTime(seenByScheduler, () => {
      startScheduler(this.#context('kube-scheduler'), { choose: this.#options.choose, configuration });
    });
    if (!this.kernel.isBrief) startCoreDns(this.#context('coredns'));
    this.#inTime(seenByNodes, () => this.#startNodes());
  }

  /** Starts programs that deal with Pods: in a brief run without any, not before something is written that they would see. */
  #inTime(seen: ReadonlySet<string>, start: () => void): void {
    if (!this.kernel.isBrief || this.objects('pods').length > 0) start();
    else this.#etcd.beforeWrite(seen, () => this.kernel.untraced(start));
  }

  readonly #connect = (actor: Participant): Client => this.#server.connect(actor);

  #context(actor: Participant) {
    return { kernel: this.kernel, client: this.#connect(actor) };
  }

  /** Starts the network, and the programs of the nodes that are in the cluster. */
  #startNodes(): void {
    if (this.#calico || this.#options.only) return;
    this.#calico = startCalico(this.#context('calico'));
    for (const node of this.objects<Node>('nodes')) this.#startPrograms(node.metadata.name ?? '', {});
  }

  #startPrograms(nodeName: string, options: { readonly joins?: Node }): void {
    invariant(this.#calico, 'a node without a network');
    const { images = {} } = this.#options;
    const context = this.#context(`kubelet/${nodeName}`);
    const cni = this.#calico.cni(nodeName);
    this.#kubelets.set(
      nodeName,
      startKubelet(context, { nodeName, images, cni, omits: this.#given.omits, ...options }),
    );
    if (!this.kernel.isBrief) startKubeProxy(this.#context(`kube-proxy/${nodeName}`), { nodeName });
  }

  /** A machine joins: its programs start, and its kubelet registers the Node, given as it will be once all is well. */
  addNode(node: Node): void {
    this.kernel.untraced(() => this.#startNodes());
    this.#startPrograms(node.metadata.name ?? '', { joins: node });
  }

  /** The kubelet of a node dies, and nobody takes its place. */
  stopNode(nodeName: string): void {
    this.kernel.untraced(() => this.#startNodes());
    this.#kubelets.get(nodeName)?.stop();
    this.#kubelets.delete(nodeName);
  }

  get trace(): Trace {
    return this.kernel.trace;
  }

  /** The objects of a resource (`pods`, `deployments.apps`) as they are stored now, without a trace of the look. */
  objects<T extends KubeObject>(resource: string): readonly T[] {
    return this.#server.objects<T>(resource);
  }

  /** Runs a kubectl command to its end; everything else goes on meanwhile. */
  kubectl(args: readonly string[], files: FileAccess): CommandResult {
    return finished(this.kubectlGradually(args, files, never));
  }

  /** The same with pauses. */
  *kubectlGradually(args: readonly string[], files: FileAccess, isDue: IsDue): Gradual<CommandResult> {
    const printed = new CommandOutput((stream, text) => {
      this.kernel.record('kubectl', 'user', { type: 'output', stream, text });
    });
    const { fieldDocs } = this.#options;
    const process = runKubectl(this.#context('kubectl'), { args, files, cache: this.#cache, fieldDocs }, printed.print);
    const ended: { exitCode?: number } = {};
    const command = this.kernel.record('user', 'kubectl', { type: 'command', args });
    this.kernel.causedBy(command, () => this.kernel.start('kubectl', toItsEnd(process, ended)));
    yield* this.kernel.runGradually(this.#limits, isDue, () => ended.exitCode !== undefined);
    return printed.result(ended.exitCode ?? 1);
  }

  /** What a kubectl command prints at this moment; a look from outside that takes no time and leaves no trace. */
  look(args: readonly string[], files: FileAccess): CommandResult {
    return lookAt(this.state(), { args, files, fieldDocs: this.#options.fieldDocs });
  }

  /** Goes on until nothing is left to do, or to the limits. */
  settle(): RunEnd {
    return finished(this.settleGradually(never));
  }

  /** The same with pauses. */
  settleGradually(isDue: IsDue): Gradual<RunEnd> {
    return this.kernel.runGradually(this.#limits, isDue);
  }

  /** Traces how a running Pod reaches a Service by its name, as things stand now. */
  reach(pod: Pod, service: Service): void {
    traceConnection(this.kernel, pod, service, {
      namespaces: this.objects<Namespace>('namespaces'),
      services: this.objects<Service>('services'),
      slices: this.objects<EndpointSlice>('endpointslices.discovery.k8s.io'),
      nodes: this.objects<Node>('nodes'),
      pods: this.objects<Pod>('pods'),
      policies: this.objects<NetworkPolicy>('networkpolicies.networking.k8s.io'),
    });
  }

  /** The cluster as it is now; what is still under way is lost, as when the power fails. */
  state(): ClusterState {
    return { snapshot: this.#etcd.snapshot(), time: this.kernel.now, ...this.#given };
  }

  /** The cluster as it was at a time of this run; what came before the run's first line is the state that line met. */
  stateAt(time: number): ClusterState {
    const next = this.trace.find((entry) => entry.type === 'store' && entry.time > time);
    const revision = next?.type === 'store' ? next.revision - 1 : this.#etcd.revision;
    return { snapshot: this.#etcd.snapshotAt(revision), time, ...this.#given };
  }
}

/** Notes how a command ends. A generator function of the module: one made in each run would be a shape of its own, and hold the whole run. */
function* toItsEnd(process: Generator<number, number, void>, ended: { exitCode?: number }): Process {
  ended.exitCode = yield* process;
}
