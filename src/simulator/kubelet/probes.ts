// The probes of a node's containers (pkg/kubelet/prober): one worker for each probe, which looks again and again for as long as
// the Pod is there. Its results decide whether a container counts as started and as ready, and whether it must be killed.
import { copyWith } from '../../base/copy.ts';
import type { Container, ContainerStatus, Pod, PodStatus, Probe } from '../../api/object.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import type { Kernel, Timer } from '../kernel/kernel.ts';
import { parseTime } from '../kernel/time.ts';
import type { Participant } from '../trace.ts';
import type { ContainerRuntime } from './containerd/cri.ts';
import { statusDelay } from './durations.ts';
import { isTerminalPhase } from '../../api/pod-phase.ts';
import { allContainers, fieldPathOf, isRestartableInit, uidOf } from './pod-names.ts';
import { runProbe } from './probe-runner.ts';

export type ProbeKind = 'startup' | 'liveness' | 'readiness';

const fields = { startup: 'startupProbe', liveness: 'livenessProbe', readiness: 'readinessProbe' } as const;
const kinds = Object.keys(fields) as ProbeKind[];
const titles = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' } as const;

/** A container that does not get ready may never do; after so many looks at it nobody waits for it any more. */
const patience = 20;

interface ProbeManagerOptions {
  readonly participant: Participant;
  readonly runtime: ContainerRuntime;
  readonly recorder: EventRecorder;
  readonly statusOf: (podUid: string) => PodStatus | undefined;
  /** The result of a probe is another one. */
  readonly onResult: (podUid: string, kind: ProbeKind, success: boolean) => void;
}

export class ProbeManager {
  readonly #kernel: Kernel;
  readonly #options: ProbeManagerOptions;
  readonly #workers = new Map<string, Map<string, ProbeWorker>>();
  readonly #results: Readonly<Record<ProbeKind, Map<string, boolean>>> = {
    startup: new Map(),
    liveness: new Map(),
    readiness: new Map(),
  };

  constructor(kernel: Kernel, options: ProbeManagerOptions) {
    this.#kernel = kernel;
    this.#options = options;
  }

  /** Begins to probe the Pod's containers. */
  add(pod: Pod): void {
    const podUid = uidOf(pod);
    if (this.#workers.has(podUid)) return;
    const workers = new Map<string, ProbeWorker>();
    this.#workers.set(podUid, workers);
    for (const container of probedContainers(pod)) {
      for (const kind of kinds) {
        const probe = container[fields[kind]];
        if (probe) workers.set(`${container.name} ${kind}`, this.#worker(pod, container, kind, probe));
      }
    }
  }

  #worker(pod: Pod, container: Container, kind: ProbeKind, probe: Probe): ProbeWorker {
    const results = this.#results[kind];
    return new ProbeWorker(this.#kernel, this.#options, { pod, container, kind, probe, results });
  }

  remove(podUid: string): void {
    for (const worker of this.#workers.get(podUid)?.values() ?? []) worker.stop();
    this.#workers.delete(podUid);
  }

  /** The last result for a container of the runtime; undefined: not probed. */
  result(kind: ProbeKind, containerId: string): boolean | undefined {
    return this.#results[kind].get(`containerd://${containerId}`);
  }

  /** The status with `started` and `ready` filled in (UpdatePodStatus). */
  withResults(pod: Pod, container: Container, status: ContainerStatus, isInit: boolean): ContainerStatus {
    const started = this.#isStarted(pod, status);
    if (isInit && !isRestartableInit(container)) {
      return { ...status, started, ready: status.state?.terminated?.exitCode === 0 };
    }
    return copyWith(status, { started, ready: started && this.#isReady(pod, status) });
  }

  #isStarted(pod: Pod, { name, state, containerID = '' }: ContainerStatus): boolean {
    if (!state?.running) return false;
    return this.#results.startup.get(containerID) ?? !this.#workerOf(pod, name, 'startup');
  }

  #isReady(pod: Pod, { name, state, containerID = '' }: ContainerStatus): boolean {
    if (!state?.running) return false;
    if (this.#results.readiness.get(containerID)) return true;
    const worker = this.#workerOf(pod, name, 'readiness');
    worker?.trigger();
    return !worker;
  }

  #workerOf(pod: Pod, container: string, kind: ProbeKind): ProbeWorker | undefined {
    return this.#workers.get(uidOf(pod))?.get(`${container} ${kind}`);
  }
}

/** Init containers are probed only if they are kept running. */
function probedContainers(pod: Pod): readonly Container[] {
  const inits = pod.spec?.initContainers ?? [];
  return allContainers(pod).filter((container) => !inits.includes(container) || isRestartableInit(container));
}

interface ProbeTask {
  readonly pod: Pod;
  readonly container: Container;
  readonly kind: ProbeKind;
  readonly probe: Probe;
  readonly results: Map<string, boolean>;
}

class ProbeWorker {
  readonly #kernel: Kernel;
  readonly #options: ProbeManagerOptions;
  readonly #task: ProbeTask;
  #containerId = '';
  #onHold = false;
  #last: boolean | undefined;
  #run = 0;
  #looks = 0;
  #timer: Timer | undefined;
  #triggered = false;
  #stopped = false;

  constructor(kernel: Kernel, options: ProbeManagerOptions, task: ProbeTask) {
    this.#kernel = kernel;
    this.#options = options;
    this.#task = task;
    this.#wait();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#task.results.delete(this.#containerId);
  }

  /** Looks now, and then again after a full period. */
  trigger(): void {
    if (this.#triggered || this.#stopped) return;
    this.#triggered = true;
    this.#timer?.cancel();
    this.#timer = this.#kernel.after(statusDelay, this.#options.participant, () => {
      this.#triggered = false;
      this.#look();
    });
  }

  #wait(): void {
    const period = (this.#task.probe.periodSeconds ?? 10) * 1000;
    const waited = this.#last !== true && this.#looks < patience;
    this.#timer = this.#kernel.after(period, this.#options.participant, () => this.#look(), { background: !waited });
  }

  #look(): void {
    this.#looks++;
    this.#wait();
    const { pod, container, kind, probe } = this.#task;
    const status = this.#options.statusOf(uidOf(pod));
    if (!status || isTerminalPhase(status.phase)) return;
    const known = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
    const current = known.find(({ name }) => name === container.name);
    if (!current?.containerID) return;
    if (current.containerID !== this.#containerId) this.#begin(current.containerID);
    const { running } = current.state ?? {};
    if (this.#onHold || !running) return;
    const age = this.#kernel.now - (parseTime(running.startedAt ?? '') ?? 0);
    if (Math.floor(age / 1000) < (probe.initialDelaySeconds ?? 0)) return;
    if (kind === 'startup' ? current.started : !current.started) return;
    this.#kernel.start(this.#options.participant, this.#probe(status.podIP ?? ''));
  }

  /** Another container: liveness is taken for granted until a probe says otherwise. */
  #begin(containerId: string): void {
    const { kind, results } = this.#task;
    results.delete(this.#containerId);
    this.#containerId = containerId;
    if (kind === 'liveness') results.set(containerId, true);
    if (kind === 'readiness') results.set(containerId, false);
    this.#onHold = false;
    this.#last = undefined;
    this.#run = 0;
    this.#looks = 0;
  }

  *#probe(podIp: string): Generator<number, void, void> {
    const { pod, container, kind, probe, results } = this.#task;
    const containerId = this.#containerId;
    const id = containerId.replace('containerd://', '');
    const result = yield* runProbe(this.#options.runtime, { pod, container, containerId: id, podIp }, probe);
    if (this.#stopped || containerId !== this.#containerId) return;
    const complain = (message: string) =>
      this.#options.recorder.event(pod, 'Warning', 'Unhealthy', `${titles[kind]} probe ${message}`, {
        fieldPath: fieldPathOf(pod, container),
      });
    if ('error' in result) return complain(`errored and resulted in unknown state: ${result.error}`);
    const { success, output } = result;
    if (!success) complain(`failed: ${output}`);
    this.#run = this.#last === success ? this.#run + 1 : 1;
    this.#last = success;
    const threshold = (success ? probe.successThreshold : probe.failureThreshold) ?? (success ? 1 : 3);
    if (this.#run < threshold) return;
    const before = results.get(containerId);
    results.set(containerId, success);
    if (kind !== 'readiness' && !success) {
      this.#onHold = true;
      this.#run = 0;
    }
    if (before !== success) this.#options.onResult(uidOf(pod), kind, success);
  }
}
