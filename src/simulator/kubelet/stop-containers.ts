// Ends containers: the hook, SIGTERM, the grace period, SIGKILL (pkg/kubelet/kuberuntime/kuberuntime_container.go, killContainer).
import type { Container, Pod } from '../../api/object.ts';
import type { Call, ContainerRuntimeStatus } from './containerd/cri.ts';
import { minimumGracePeriod } from './durations.ts';
import { runHook } from './lifecycle-hooks.ts';
import type { ContainerKill } from './pod-actions.ts';
import { allContainers, fieldPathOf, isRestartableInit, uidOf } from './pod-names.ts';
import type { KubeletServices } from './services.ts';

/** Ends one container. `gracePeriod` (ms) overrides what the Pod says. */
export function* killContainer(
  services: KubeletServices,
  pod: Pod,
  { container, status, message, probe }: ContainerKill,
  gracePeriod = gracePeriodOf(pod, container, probe),
): Call<void> {
  const { runtime, recorder, kernel } = services;
  const fieldPath = fieldPathOf(pod, container);
  recorder.event(pod, 'Normal', 'Killing', message, { fieldPath });
  let left = gracePeriod;
  const hook = container.lifecycle?.preStop;
  if (hook && left > 0) {
    const began = kernel.now;
    const problem = yield* withinTime(runHook(runtime, { pod, container, id: status.id }, hook), left);
    if (problem) recorder.event(pod, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', { fieldPath });
    left -= kernel.now - began;
  }
  yield* runtime.stopContainer(status.id, Math.max(left, minimumGracePeriod));
}

/** A hook that takes longer than the grace period is left alone. */
function* withinTime(hook: Call<string | undefined>, limit: number): Call<string | undefined> {
  let left = limit;
  for (;;) {
    const { done, value } = hook.next();
    if (done) return value;
    if (value > left) {
      yield left;
      return undefined;
    }
    left -= value;
    yield value;
  }
}

/** Milliseconds, by the rules of setTerminationGracePeriod. */
function gracePeriodOf(pod: Pod, container: Container, probe: ContainerKill['probe']): number {
  const { deletionGracePeriodSeconds } = pod.metadata;
  if (deletionGracePeriodSeconds !== undefined) return deletionGracePeriodSeconds * 1000;
  const own = probe === 'liveness' ? container.livenessProbe : probe === 'startup' ? container.startupProbe : undefined;
  return (own?.terminationGracePeriodSeconds ?? pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000;
}

/** Ends everything of a Pod: the containers together, sidecars after them in reverse order, then the sandboxes. */
export function* killPod(services: KubeletServices, pod: Pod, gracePeriod?: number): Call<void> {
  const { runtime } = services;
  const running = runtime.podStatus(uidOf(pod)).containers.filter(({ state }) => state === 'running');
  const kills = allContainers(pod).flatMap((container) => killOf(container, running));
  const sidecars = kills.filter(({ container }) => isRestartableInit(container)).reverse();
  const others = kills.filter(({ container }) => !isRestartableInit(container));
  yield* together(
    services,
    others.map((kill) => killContainer(services, pod, kill, gracePeriod)),
  );
  for (const kill of sidecars) yield* killContainer(services, pod, kill, gracePeriod);
  for (const { id } of runtime.podStatus(uidOf(pod)).sandboxes) runtime.stopPodSandbox(id);
}

function killOf(container: Container, running: readonly ContainerRuntimeStatus[]): ContainerKill[] {
  const status = running.find(({ name }) => name === container.name);
  return status ? [{ container, status, message: `Stopping container ${container.name}` }] : [];
}

/** Runs calls side by side; returns when the last has ended. */
function* together({ kernel }: KubeletServices, calls: readonly Call<void>[]): Call<void> {
  let waiting = calls.map((call) => ({ call, at: kernel.now }));
  while (waiting.length > 0) {
    for (const entry of waiting) {
      if (entry.at > kernel.now) continue;
      const { done, value } = entry.call.next();
      entry.at = done ? Infinity : kernel.now + value;
    }
    waiting = waiting.filter(({ at }) => at !== Infinity);
    const next = Math.min(...waiting.map(({ at }) => at));
    if (waiting.length > 0) yield next - kernel.now;
  }
}
