// containerd behind the CRI port: sandboxes, containers and images of one node, kept in memory.
import { copyWith } from '../../../base/copy.ts';
import type { Pod } from '../../../api/object.ts';
import type { Kernel, Timer } from '../../kernel/kernel.ts';
import type { Participant, RuntimeAction } from '../../trace.ts';
import type { Cni } from './cni.ts';
import type {
  Call,
  ContainerConfig,
  ContainerRuntime,
  ContainerRuntimeStatus,
  ContainerUserIds,
  ExecResult,
  HttpResult,
  PodIdentity,
  RuntimeImage,
  RuntimePodStatus,
  RuntimeResult,
  SandboxConfig,
  SandboxStatus,
} from './cri.ts';
import { createDuration, sandboxDuration, startDuration } from './durations.ts';
import type { ContainerBehaviour, ImageBehaviours, RunBehaviour } from './image-behaviour.ts';
import { ImageStore } from './image-store.ts';
import { connectTo, execIn, runOf, stopOf } from './process.ts';

interface RunningContainer {
  status: ContainerRuntimeStatus;
  readonly pod: PodIdentity;
  readonly behaviour: ContainerBehaviour;
  /** Whether the run's options say anything about it. */
  readonly described: boolean;
  exit?: { readonly at: number; readonly timer: Timer };
}

interface ContainerdOptions {
  readonly nodeName: string;
  readonly behaviours: ImageBehaviours;
  readonly cni: Cni;
  /** Something in a Pod is no longer as it was. */
  readonly onChange: (podUid: string) => void;
}

const podReference = ({ namespace, name }: PodIdentity) => ({ apiVersion: 'v1', kind: 'Pod', namespace, name });
const none: RuntimePodStatus = { sandboxes: [], containers: [] };

export class Containerd implements ContainerRuntime {
  readonly images: ImageStore;
  readonly #kernel: Kernel;
  readonly #options: ContainerdOptions;
  readonly #kubelet: Participant;
  readonly #participant: Participant;
  readonly #pods = new Map<string, RuntimePodStatus>();
  readonly #sandboxes = new Map<string, SandboxStatus>();
  readonly #containers = new Map<string, RunningContainer>();
  readonly #starts = new Map<string, number>();
  #failedSandboxes = 0;

  constructor(kernel: Kernel, options: ContainerdOptions) {
    this.#kernel = kernel;
    this.#options = options;
    this.#kubelet = `kubelet/${options.nodeName}`;
    this.#participant = `containerd/${options.nodeName}`;
    this.images = new ImageStore(options.behaviours);
  }

  imageStatus(image: string): RuntimeImage | undefined {
    return this.images.get(image);
  }

  listImages(): readonly RuntimeImage[] {
    return this.images.list();
  }

  *pullImage(image: string, pod: PodIdentity): Call<RuntimeResult<RuntimeImage>> {
    this.#tell(pod, { type: 'pull', image, phase: 'begin' });
    const result = yield* this.images.pull(image);
    const outcome = result.ok ? { size: result.value.size } : { error: result.message };
    this.#tell(pod, { type: 'pull', image, phase: 'end', ...outcome });
    return result;
  }

  *runPodSandbox({ pod, hostNetwork, handler }: SandboxConfig): Call<RuntimeResult<SandboxStatus>> {
    this.#tell(pod, { type: 'run-sandbox' });
    yield sandboxDuration;
    const id = this.#kernel.random.hex(64);
    const failure = this.#sandboxFailure(id, handler);
    if (failure) return { ok: false, code: 'Unknown', message: failure };
    const request = { namespace: pod.namespace, podName: pod.name, sandboxId: id, hostNetwork };
    const address = hostNetwork ? { ip: '' } : this.#options.cni.add(request);
    if ('error' in address) {
      const message = `failed to setup network for sandbox "${id}": ${address.error}`;
      return { ok: false, code: 'Unknown', message };
    }
    const sandbox: SandboxStatus = { id, pod, ready: true, hostNetwork, ip: address.ip };
    this.#tell(pod, { type: 'sandbox', id, ip: address.ip });
    this.#putSandbox(sandbox);
    return { ok: true, value: sandbox };
  }

  #sandboxFailure(id: string, handler: string | undefined): string | undefined {
    const { error, failTimes = 0 } = this.#options.behaviours.sandbox ?? {};
    if (error && (failTimes === 0 || this.#failedSandboxes++ < failTimes)) return error.replaceAll('{id}', id);
    if (!handler || handler === 'runc') return undefined;
    return `failed to create pod sandbox: failed to get sandbox runtime: no runtime for "${handler}" is configured`;
  }

  stopPodSandbox(id: string): void {
    const sandbox = this.#sandboxes.get(id);
    if (!sandbox?.ready) return;
    for (const { status } of this.#containers.values()) {
      if (status.sandboxId === id && status.state === 'running') this.#finish(status.id, 137);
    }
    if (!sandbox.hostNetwork) this.#options.cni.remove(id);
    this.#putSandbox({ ...sandbox, ready: false });
  }

  removePod(uid: string): void {
    const { sandboxes, containers } = this.podStatus(uid);
    for (const { id } of sandboxes) {
      this.stopPodSandbox(id);
      this.#sandboxes.delete(id);
    }
    for (const { id } of containers) this.#containers.delete(id);
    this.#pods.delete(uid);
  }

  *createContainer(config: ContainerConfig): Call<RuntimeResult<string>> {
    yield createDuration;
    const sandbox = this.#sandboxes.get(config.sandboxId);
    if (!sandbox) return { ok: false, code: 'NotFound', message: `sandbox "${config.sandboxId}" not found` };
    const { name, image, sandboxId, restartCount, definition } = config;
    const behaviour = this.#behaviourOf(name, image);
    const id = this.#kernel.random.hex(64);
    if (behaviour?.createError) {
      this.#tell(sandbox.pod, {
        type: 'container',
        phase: 'create',
        container: name,
        id,
        error: behaviour.createError,
      });
      return { ok: false, code: 'Unknown', message: behaviour.createError };
    }
    const stored = this.images.get(image);
    this.#putContainer(sandbox.pod, behaviour, {
      id,
      name,
      sandboxId,
      state: 'created',
      restartCount,
      definition,
      image: stored?.tag ?? stored?.repoDigest ?? image,
      imageRef: stored?.repoDigest ?? '',
      user: userOf(config, stored),
      exitCode: 0,
      reason: '',
      message: '',
      log: '',
    });
    this.#tell(sandbox.pod, { type: 'container', phase: 'create', container: name, id });
    return { ok: true, value: id };
  }

  *startContainer(id: string): Call<RuntimeResult<undefined>> {
    yield startDuration;
    const container = this.#containers.get(id);
    if (!container) return { ok: false, code: 'NotFound', message: 'container not found' };
    const { status, behaviour, pod } = container;
    const action = { type: 'container', phase: 'start', container: status.name, id } as const;
    if (behaviour.startError) {
      const message = behaviour.startError;
      const finishedAt = this.#kernel.now;
      this.#update(container, { ...status, state: 'exited', finishedAt, exitCode: 128, reason: 'StartError', message });
      this.#tell(pod, { ...action, error: message });
      return { ok: false, code: 'Unknown', message };
    }
    const key = `${pod.uid}/${status.name}`;
    const start = this.#starts.get(key) ?? 0;
    this.#starts.set(key, start + 1);
    this.#update(container, copyWith(status, { state: 'running', startedAt: this.#kernel.now }));
    this.#tell(pod, action);
    const { run, after } = runOf(behaviour, start);
    if (run && after !== undefined) {
      const timer = this.#kernel.after(after, this.#participant, () => this.#end(id, run));
      container.exit = { at: this.#kernel.now + after, timer };
    }
    return { ok: true, value: undefined };
  }

  *stopContainer(id: string, gracePeriod: number): Call<void> {
    const container = this.#containers.get(id);
    if (container?.status.state !== 'running') return;
    const { wait, exitCode } = stopOf(container.behaviour, gracePeriod);
    const ends = (container.exit?.at ?? Infinity) - this.#kernel.now;
    yield Math.max(0, Math.min(wait, ends));
    if (wait <= ends) this.#finish(id, exitCode);
  }

  removeContainer(id: string): void {
    const container = this.#containers.get(id);
    if (!container) return;
    this.#containers.delete(id);
    const { uid } = container.pod;
    const pod = this.podStatus(uid);
    this.#putPod(uid, { ...pod, containers: pod.containers.filter((status) => status.id !== id) });
  }

  *exec(id: string, command: readonly string[], timeout: number): Call<RuntimeResult<ExecResult>> {
    const container = this.#containers.get(id);
    if (container?.status.state !== 'running') {
      const message = 'failed to exec in container: container is in CONTAINER_EXITED state';
      return { ok: false, code: 'Unknown', message };
    }
    const age = this.#kernel.now - (container.status.startedAt ?? 0);
    return yield* execIn(container.behaviour, { command, age, timeout });
  }

  *connect(podUid: string, port: number, path: string | undefined, timeout: number): Call<HttpResult> {
    let assumed = false;
    for (const { id, state, startedAt = 0 } of this.podStatus(podUid).containers) {
      const container = this.#containers.get(id);
      if (state !== 'running' || !container) continue;
      const age = this.#kernel.now - startedAt;
      const answer = yield* connectTo(container.behaviour, { port, path, age, timeout });
      if (answer) return answer;
      assumed ||= !container.described;
    }
    // A container of which nothing is said is taken to listen where it is asked.
    return assumed ? { status: 200, body: 'ok' } : 'refused';
  }

  podStatus(uid: string): RuntimePodStatus {
    return this.#pods.get(uid) ?? none;
  }

  /** Takes over what ran before the run began: a sandbox with its containers, as the Pod's status tells of them. */
  adopt(pod: Pod, sandbox: SandboxStatus, containers: readonly ContainerRuntimeStatus[]): void {
    this.#putSandbox(sandbox);
    for (const status of containers) {
      const { image = '' } = pod.spec?.containers.find(({ name }) => name === status.name) ?? {};
      this.#putContainer(sandbox.pod, this.#behaviourOf(status.name, image), status);
    }
  }

  #end(id: string, run: RunBehaviour): void {
    const container = this.#containers.get(id);
    if (container?.status.state !== 'running') return;
    container.status = { ...container.status, message: run.message ?? '', log: run.log ?? '' };
    this.#finish(id, run.oom ? 137 : (run.exit ?? 0), run.oom ? 'OOMKilled' : undefined);
  }

  #finish(id: string, exitCode: number, reason = exitCode === 0 ? 'Completed' : 'Error'): void {
    const container = this.#containers.get(id);
    if (container?.status.state !== 'running') return;
    container.exit?.timer.cancel();
    const { status, pod } = container;
    this.#update(container, { ...status, state: 'exited', finishedAt: this.#kernel.now, exitCode, reason });
    this.#tell(pod, { type: 'container', phase: 'exit', container: status.name, id, exitCode });
  }

  #putSandbox(sandbox: SandboxStatus): void {
    const { id, pod } = sandbox;
    this.#sandboxes.set(id, sandbox);
    const known = this.podStatus(pod.uid);
    const others = known.sandboxes.filter((other) => other.id !== id);
    const sandboxes = sandbox.ready ? [sandbox, ...others] : known.sandboxes.map((s) => (s.id === id ? sandbox : s));
    this.#putPod(pod.uid, copyWith(known, { sandboxes }));
  }

  /** What is said of a container: by its name, and by its image. */
  #behaviourOf(name: string, image: string): ContainerBehaviour | undefined {
    const own = this.#options.behaviours.containers?.[name];
    const given = this.images.behaviour(image);
    return own || given ? { ...given, ...own } : undefined;
  }

  #putContainer(pod: PodIdentity, behaviour: ContainerBehaviour | undefined, status: ContainerRuntimeStatus): void {
    this.#containers.set(status.id, { status, pod, behaviour: behaviour ?? {}, described: behaviour !== undefined });
    const known = this.podStatus(pod.uid);
    this.#putPod(pod.uid, copyWith(known, { containers: [status, ...known.containers] }));
  }

  #update(container: RunningContainer, status: ContainerRuntimeStatus): void {
    container.status = status;
    const { uid } = container.pod;
    const known = this.podStatus(uid);
    this.#putPod(uid, copyWith(known, { containers: known.containers.map((s) => (s.id === status.id ? status : s)) }));
  }

  #putPod(uid: string, status: RuntimePodStatus): void {
    this.#pods.set(uid, status);
    this.#options.onChange(uid);
  }

  #tell(pod: PodIdentity, action: RuntimeAction): void {
    this.#kernel.record(this.#kubelet, this.#participant, { type: 'action', subject: podReference(pod), action });
  }
}

function userOf({ user }: ContainerConfig, image: RuntimeImage | undefined): ContainerUserIds {
  const gid = user.gid ?? 0;
  return {
    uid: user.uid ?? image?.uid ?? 0,
    gid,
    supplementalGroups: [gid, ...(user.supplementalGroups ?? [])],
  };
}
