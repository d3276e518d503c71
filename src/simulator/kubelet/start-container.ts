// Starts one container: image, configuration, create, start, postStart hook, each with its Events
// (startContainer and doBackOff of pkg/kubelet/kuberuntime).
import type { Container, Pod } from '../../api/object.ts';
import type { EventType } from '../client/event-recorder.ts';
import { configProblem, requestedUser } from './container-config.ts';
import type { Call, RuntimePodStatus } from './containerd/cri.ts';
import { formatGoDuration } from './go-duration.ts';
import { runHook } from './lifecycle-hooks.ts';
import { definitionOf } from './pod-actions.ts';
import { fieldPathOf, formatPod, uidOf } from './pod-names.ts';
import { latestOf } from './restart-policy.ts';
import type { KubeletServices } from './services.ts';
import { killContainer } from './stop-containers.ts';

/** A container that could not be started. */
export interface StartProblem {
  readonly reason: string;
  readonly message: string;
  /** Milliseconds until it may be tried again, where a back-off says so. */
  readonly backOffLeft?: number;
}

interface Start {
  readonly pod: Pod;
  readonly container: Container;
  readonly sandboxId: string;
  /** The Pod as the runtime had it when the sync began. */
  readonly runtimeStatus: RuntimePodStatus;
}

export function* startContainer(services: KubeletServices, start: Start): Call<StartProblem | undefined> {
  const { pod, container, runtimeStatus } = start;
  const tell = (type: EventType, reason: string, message: string) =>
    services.recorder.event(pod, type, reason, message, { fieldPath: fieldPathOf(pod, container) });
  const fail = (reason: string, message: string): StartProblem => {
    tell('Warning', 'Failed', `Error: ${message}`);
    return { reason, message };
  };
  const backOff = crashBackOff(services, pod, container, runtimeStatus);
  if (backOff) {
    tell('Warning', 'BackOff', `Back-off restarting failed container ${container.name} in pod ${formatPod(pod)}`);
    return backOff;
  }
  const { runtime } = services;
  const imageProblem = yield* services.images.ensure(pod, container);
  if (imageProblem) {
    tell('Warning', 'Failed', `Error: ${imageProblem.reason}`);
    return imageProblem;
  }
  const { image = '', name } = container;
  const misconfigured = configProblem(pod, container, services.references, runtime.imageStatus(image));
  if (misconfigured) return fail('CreateContainerConfigError', misconfigured);
  const before = latestOf(runtimeStatus, name);
  const created = yield* runtime.createContainer({
    sandboxId: start.sandboxId,
    name,
    image,
    restartCount: before ? before.restartCount + 1 : 0,
    definition: definitionOf(container),
    user: requestedUser(pod, container),
  });
  if (!created.ok) return fail('CreateContainerError', created.message);
  tell('Normal', 'Created', 'Container created');
  const started = yield* runtime.startContainer(created.value);
  if (!started.ok) return fail('RunContainerError', started.message);
  tell('Normal', 'Started', 'Container started');
  return yield* postStart(services, start, created.value);
}

function* postStart(services: KubeletServices, { pod, container }: Start, id: string): Call<StartProblem | undefined> {
  const { runtime, recorder } = services;
  const hook = container.lifecycle?.postStart;
  if (!hook) return undefined;
  const message = yield* runHook(runtime, { pod, container, id }, hook);
  if (message === undefined) return undefined;
  const fieldPath = fieldPathOf(pod, container);
  recorder.event(pod, 'Warning', 'FailedPostStartHook', 'PostStartHook failed', { fieldPath });
  const status = runtime.podStatus(uidOf(pod)).containers.find((known) => known.id === id);
  if (status) yield* killContainer(services, pod, { container, status, message: 'FailedPostStartHook' });
  return { reason: 'PostStartHookError', message };
}

/** A container that has ended before is kept waiting, longer each time (doBackOff). */
function crashBackOff(
  { crashes, kernel }: KubeletServices,
  pod: Pod,
  container: Container,
  { containers }: RuntimePodStatus,
): StartProblem | undefined {
  const ended = containers.find(({ name, state }) => name === container.name && state === 'exited');
  if (!ended) return undefined;
  const key = `${uidOf(pod)} ${definitionOf(container)}`;
  const since = ended.finishedAt ?? 0;
  const backOffLeft = crashes.leftSince(key, since, kernel.now);
  if (backOffLeft === 0) {
    crashes.next(key, since, kernel.now);
    return undefined;
  }
  const message = `back-off ${formatGoDuration(crashes.duration(key))} restarting failed container=${container.name} pod=${formatPod(pod)}`;
  return { reason: 'CrashLoopBackOff', message, backOffLeft };
}
