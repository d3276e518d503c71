// The CRI port: what a kubelet may ask of a container runtime (k8s.io/cri-api runtime/v1), as far as it is needed.
// Statuses are immutable values: a container that changes has another status, so that two looks compare by identity.

/** A call that takes virtual time: each yielded number is a wait in milliseconds. */
export type Call<T> = Generator<number, T, void>;

/** A gRPC status. */
export interface RuntimeFailure {
  readonly ok: false;
  /** `Unknown`, `NotFound`, `DeadlineExceeded` … */
  readonly code: string;
  readonly message: string;
}

export type RuntimeResult<T> = { readonly ok: true; readonly value: T } | RuntimeFailure;

/** How Go prints the failure. */
export function failureText({ code, message }: RuntimeFailure): string {
  return `rpc error: code = ${code} desc = ${message}`;
}

export interface RuntimeImage {
  /** The configuration's digest. */
  readonly id: string;
  /** `docker.io/library/nginx:latest`; none for an image pulled by digest. */
  readonly tag?: string;
  /** `docker.io/library/nginx@sha256:…`. */
  readonly repoDigest: string;
  readonly size: number;
  /** The user it runs as; neither this nor a name: not known. */
  readonly uid?: number;
  /** The user's name where the image gives no number. */
  readonly username?: string;
}

export interface PodIdentity {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
}

export interface SandboxConfig {
  readonly pod: PodIdentity;
  readonly hostNetwork: boolean;
  /** RuntimeClass handler; absent for the default one. */
  readonly handler?: string;
}

export interface SandboxStatus {
  readonly id: string;
  readonly pod: PodIdentity;
  readonly ready: boolean;
  readonly hostNetwork: boolean;
  /** Empty on the host's network. */
  readonly ip: string;
}

/** Who the first process runs as. */
export interface ContainerUserIds {
  readonly uid: number;
  readonly gid: number;
  readonly supplementalGroups: readonly number[];
}

export interface ContainerConfig {
  readonly sandboxId: string;
  readonly name: string;
  /** As the Pod names it. */
  readonly image: string;
  readonly restartCount: number;
  /** Differs when the container's definition does. */
  readonly definition: unknown;
  readonly user: { readonly uid?: number; readonly gid?: number; readonly supplementalGroups?: readonly number[] };
}

export interface ContainerRuntimeStatus {
  readonly id: string;
  readonly name: string;
  readonly sandboxId: string;
  readonly state: 'created' | 'running' | 'exited';
  readonly restartCount: number;
  readonly definition: unknown;
  /** The tag of the image in full. */
  readonly image: string;
  readonly imageRef: string;
  readonly user: ContainerUserIds;
  /** Virtual milliseconds; absent for a container that never ran. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly exitCode: number;
  readonly reason: string;
  /** The runtime's own words, or what the process left in its termination message file. */
  readonly message: string;
  /** The end of what it printed. */
  readonly log: string;
}

/** All that a runtime knows of a Pod, the newest first. */
export interface RuntimePodStatus {
  readonly sandboxes: readonly SandboxStatus[];
  readonly containers: readonly ContainerRuntimeStatus[];
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a connection to a port of a Pod meets. */
export type HttpResult = { readonly status: number; readonly body: string } | 'refused' | 'timeout';

export interface ContainerRuntime {
  imageStatus(image: string): RuntimeImage | undefined;
  listImages(): readonly RuntimeImage[];
  /** Pulls for a Pod, whether the image is there or not. */
  pullImage(image: string, pod: PodIdentity): Call<RuntimeResult<RuntimeImage>>;
  runPodSandbox(config: SandboxConfig): Call<RuntimeResult<SandboxStatus>>;
  /** Ends what still runs in it and gives its address back. */
  stopPodSandbox(id: string): void;
  /** Forgets a Pod's sandboxes and containers. */
  removePod(uid: string): void;
  createContainer(config: ContainerConfig): Call<RuntimeResult<string>>;
  startContainer(id: string): Call<RuntimeResult<undefined>>;
  /** SIGTERM, and after the grace period (milliseconds) SIGKILL. Returns when the container has ended. */
  stopContainer(id: string, gracePeriod: number): Call<void>;
  removeContainer(id: string): void;
  exec(id: string, command: readonly string[], timeout: number): Call<RuntimeResult<ExecResult>>;
  /** A GET of a path of the Pod's port, as a probe sends it; `path` absent: only a connection. */
  connect(podUid: string, port: number, path: string | undefined, timeout: number): Call<HttpResult>;
  podStatus(uid: string): RuntimePodStatus;
}
