// The volumes of a node's Pods (pkg/kubelet/volumemanager and the volume plugins): what must be there before the first container
// starts. A mount that fails is tried again, with back-off, until the Pod goes away.
import { copyWith } from '../../base/copy.ts';
import { refOf, type KeyToPath, type Pod, type Volume, type VolumeProjection } from '../../api/object.ts';
import type { Client } from '../client/client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { ConfigReferences } from './config-references.ts';
import { claimedVolume, type VolumeSource } from './claimed-volumes.ts';
import type { Call } from './containerd/cri.ts';
import { initialMountRetry, maximumMountRetry, mountPoll, mountTimeout } from './durations.ts';
import { hostPathProblem } from './host-path.ts';
import { allContainers, uidOf } from './pod-names.ts';

interface Mount {
  readonly volume: Volume;
  /** What is mounted: the volume's own source, or that of the PersistentVolume behind a claim. */
  readonly source: VolumeSource;
  /** Why nothing can be mounted. */
  readonly problem: string | undefined;
  mounted: boolean;
  nextAttempt: number;
  retry: number;
}

export class VolumeManager {
  readonly #kernel: Kernel;
  readonly #client: Client;
  readonly #recorder: EventRecorder;
  readonly #references: ConfigReferences;
  readonly #mounted = new Set<string>();

  constructor(kernel: Kernel, client: Client, recorder: EventRecorder, references: ConfigReferences) {
    this.#kernel = kernel;
    this.#client = client;
    this.#recorder = recorder;
    this.#references = references;
  }

  /** Returns when all volumes that containers use are mounted, or false when the Pod has waited long enough. */
  *waitForMounts(pod: Pod): Call<boolean> {
    if (this.#mounted.has(uidOf(pod))) return true;
    const mounts = usedVolumes(pod).map((volume) => this.#mountOf(pod, volume));
    const end = this.#kernel.now + mountTimeout;
    while (mounts.some(({ mounted }) => !mounted)) {
      if (this.#kernel.now >= end) {
        this.#tellFailure(pod, mounts, 'context deadline exceeded');
        return false;
      }
      for (const mount of mounts) this.#attempt(pod, mount);
      const problems = mounts.flatMap(({ problem }) => problem ?? []);
      yield problems.length > 0 ? mountPoll : this.#nextLook(mounts, end);
      if (problems.length > 0) {
        this.#tellFailure(pod, mounts, problems.join('; '));
        return false;
      }
    }
    this.#mounted.add(uidOf(pod));
    return true;
  }

  #mountOf(pod: Pod, volume: Volume): Mount {
    const found = claimedVolume(this.#client, pod, volume) ?? { source: volume };
    const [source, problem] = 'problem' in found ? [{}, found.problem] : [found.source, undefined];
    return { volume, source, problem, mounted: false, nextAttempt: this.#kernel.now, retry: initialMountRetry };
  }

  /** How long until a look can find something new: the looks between two attempts would not. */
  #nextLook(mounts: readonly Mount[], end: number): number {
    const attempts = mounts.filter(({ mounted }) => !mounted).map(({ nextAttempt }) => nextAttempt);
    if (attempts.length === 0) return mountPoll;
    const due = Math.min(end, ...attempts);
    return Math.max(1, Math.ceil((due - this.#kernel.now) / mountPoll)) * mountPoll;
  }

  /** Takes volumes as mounted: the Pod runs already. */
  accept(pod: Pod): void {
    this.#mounted.add(uidOf(pod));
  }

  unmount(podUid: string): void {
    this.#mounted.delete(podUid);
  }

  #attempt(pod: Pod, mount: Mount): void {
    if (mount.mounted || mount.problem !== undefined || mount.nextAttempt > this.#kernel.now) return;
    const problem = this.#mount(pod, mount.source);
    if (problem === undefined) {
      mount.mounted = true;
      if (mount.source !== mount.volume) this.#tellUnmodelled(pod, mount);
      return;
    }
    mount.nextAttempt = this.#kernel.now + mount.retry;
    mount.retry = Math.min(mount.retry * 2, maximumMountRetry);
    const message = `MountVolume.SetUp failed for volume "${mount.volume.name}" : ${problem}`;
    this.#recorder.event(pod, 'Warning', 'FailedMount', message);
  }

  /** A PersistentVolume of another type than hostPath is taken as mounted, and told to be unknown. */
  #tellUnmodelled(pod: Pod, { volume, source }: Mount): void {
    if (source.hostPath) return;
    const { actor } = this.#client;
    const type = Object.keys(source)[0] ?? 'unknown';
    const index = pod.spec?.volumes?.indexOf(volume) ?? 0;
    const path = `spec.volumes[${index}].${volume.ephemeral ? 'ephemeral' : 'persistentVolumeClaim'}`;
    const reason = `mounting a PersistentVolume of type ${type} is not modelled`;
    this.#kernel.record(actor, actor, { type: 'unknown', subject: refOf(pod), path, reason });
  }

  #tellFailure(pod: Pod, mounts: readonly Mount[], why: string): void {
    const names = (some: readonly Mount[]) => some.map(({ volume }) => volume.name).join(' ');
    const missing = names(mounts.filter(({ mounted }) => !mounted));
    const unprocessed = names(mounts.filter(({ problem }) => problem !== undefined));
    const lists = `unmounted volumes=[${missing}], unattached volumes=[], failed to process volumes=[${unprocessed}]`;
    this.#recorder.event(pod, 'Warning', 'FailedMount', `Unable to attach or mount volumes: ${lists}: ${why}`);
  }

  /** Why the volume cannot be mounted, in the plugin's words; undefined: it is mounted. */
  #mount(pod: Pod, source: VolumeSource): string | undefined {
    const { namespace = '' } = pod.metadata;
    const { configMap, secret, projected, hostPath } = source;
    if (configMap) return this.#configMapProblem(namespace, configMap);
    if (secret) return this.#secretProblem(namespace, { ...secret, name: secret.secretName });
    if (hostPath) return hostPathProblem(hostPath);
    if (!projected) return undefined;
    const problems = (projected.sources ?? []).flatMap((source) => this.#projectionProblem(pod, source) ?? []);
    return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
  }

  #projectionProblem(pod: Pod, source: VolumeProjection): string | undefined {
    const { namespace = '' } = pod.metadata;
    if (source.configMap) return this.#configMapProblem(namespace, source.configMap);
    if (source.secret) return this.#secretProblem(namespace, source.secret);
    return source.serviceAccountToken ? this.#tokenProblem(pod, source.serviceAccountToken) : undefined;
  }

  #configMapProblem(namespace: string, { name = '', optional, items = [] }: Reference): string | undefined {
    const object = this.#references.configMap(namespace, name);
    if (!object)
      return optional || this.#references.mayOmit('configmaps') ? undefined : `configmap "${name}" not found`;
    const missing = optional ? undefined : missingKey(items, copyWith(object.data, object.binaryData ?? {}));
    return missing && `configmap references non-existent config key: ${missing}`;
  }

  #secretProblem(namespace: string, { name = '', optional, items = [] }: Reference): string | undefined {
    const object = this.#references.secret(namespace, name);
    if (!object) return optional || this.#references.mayOmit('secrets') ? undefined : `secret "${name}" not found`;
    const missing = optional ? undefined : missingKey(items, object.data ?? {});
    return missing && `references non-existent secret key: ${missing}`;
  }

  #tokenProblem(pod: Pod, { audience, expirationSeconds }: TokenSource): string | undefined {
    const { namespace, name, uid } = pod.metadata;
    const account = pod.spec?.serviceAccountName ?? 'default';
    const body = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      metadata: {},
      spec: {
        audiences: audience ? [audience] : [],
        expirationSeconds,
        boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name, uid },
      },
    };
    const target = {
      resource: 'serviceaccounts',
      name: account,
      subresource: 'token',
      ...(namespace && { namespace }),
    };
    const response = this.#client.create(target, body);
    return response.ok ? undefined : `failed to fetch token: ${response.status.message}`;
  }
}

type TokenSource = NonNullable<VolumeProjection['serviceAccountToken']>;

interface Reference {
  readonly name?: string;
  readonly optional?: boolean;
  readonly items?: readonly KeyToPath[];
}

const missingKey = (items: readonly KeyToPath[], data: Readonly<Record<string, unknown>>) =>
  items.find(({ key }) => data[key] === undefined)?.key;

/** A volume that no container mounts is not mounted on the node either. */
function usedVolumes(pod: Pod): readonly Volume[] {
  const used = new Set(
    allContainers(pod).flatMap(({ volumeMounts = [], volumeDevices = [] }) =>
      [...volumeMounts, ...volumeDevices].map(({ name }) => name),
    ),
  );
  return (pod.spec?.volumes ?? []).filter(({ name }) => used.has(name));
}
