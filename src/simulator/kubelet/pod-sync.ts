// The three things that are done with a Pod: made to run, made to end, cleared away
// (SyncPod, SyncTerminatingPod and SyncTerminatedPod of pkg/kubelet/kubelet.go, SyncPod of kuberuntime_manager.go).
import { copyWith } from '../../base/copy.ts';
import type { Pod } from '../../api/object.ts';
import { failureText, type Call, type RuntimePodStatus } from './containerd/cri.ts';
import { unmountDuration } from './durations.ts';
import { isTerminalPhase } from '../../api/pod-phase.ts';
import { computePodActions, type PodActions } from './pod-actions.ts';
import { identityOf, isRestartableInit, uidOf } from './pod-names.ts';
import { generatePodStatus, tellSandboxReady } from './pod-status.ts';
import type { KubeletServices } from './services.ts';
import { startContainer, type StartProblem } from './start-container.ts';
import { killContainer, killPod } from './stop-containers.ts';

interface SyncOutcome {
  /** The Pod has done its work, or failed for good. */
  readonly terminal?: boolean;
  /** Something went wrong: it is tried again, not before the back-off (ms) has passed. */
  readonly retry?: { readonly backOffLeft: number };
}

const retry = (backOffLeft = 0): SyncOutcome => ({ retry: { backOffLeft } });

/** One attempt to bring the Pod to what its spec wants. `runtime` is the runtime as it was last looked at. */
export function* syncPod(services: KubeletServices, pod: Pod, runtime: RuntimePodStatus): Call<SyncOutcome> {
  const status = generatePodStatus(services, pod, runtime, false);
  services.statuses.set(pod, status);
  if (isTerminalPhase(status.phase)) return { terminal: true };
  services.references.register(pod);
  if (!(yield* services.volumes.waitForMounts(pod))) return retry();
  tellMissingPullSecrets(services, pod);
  services.probes.add(pod);
  return yield* syncRuntime(services, pod, runtime);
}

/** Ends everything of the Pod. `gracePeriod` in milliseconds overrides what the Pod says. */
export function* syncTerminatingPod(
  services: KubeletServices,
  pod: Pod,
  runtime: RuntimePodStatus,
  gracePeriod?: number,
): Call<void> {
  services.statuses.set(pod, generatePodStatus(services, pod, runtime, false));
  services.probes.remove(uidOf(pod));
  yield* killPod(services, pod, gracePeriod);
  const stopped = services.runtime.podStatus(uidOf(pod));
  services.statuses.set(pod, generatePodStatus(services, pod, stopped, true));
}

/** Clears away what the Pod had on the node. */
export function* syncTerminatedPod(services: KubeletServices, pod: Pod): Call<void> {
  const podUid = uidOf(pod);
  services.statuses.set(pod, generatePodStatus(services, pod, services.runtime.podStatus(podUid), true));
  yield unmountDuration;
  services.volumes.unmount(podUid);
  services.references.unregister(podUid);
  services.statuses.finish(pod);
}

function* syncRuntime(services: KubeletServices, pod: Pod, runtime: RuntimePodStatus): Call<SyncOutcome> {
  const actions = computePodActions(pod, runtime, (kind, id) => services.probes.result(kind, id));
  if (actions.killPod) {
    if (actions.createSandbox && runtime.sandboxes.length > 0) {
      const message = 'Pod sandbox changed, it will be killed and re-created.';
      services.recorder.event(pod, 'Normal', 'SandboxChanged', message);
    }
    yield* killPod(services, pod);
    if (!actions.createSandbox) return {};
  }
  for (const kill of actions.kill) yield* killContainer(services, pod, kill);
  const sandboxId = actions.createSandbox ? yield* createSandbox(services, pod) : runtime.sandboxes[0]?.id;
  if (sandboxId === undefined) return retry();
  return outcomeOf(yield* startContainers(services, { pod, sandboxId, runtimeStatus: runtime }, actions));
}

/** Nothing but back-offs: the Pod is looked at again when the first one ends. */
function outcomeOf(problems: readonly StartProblem[]): SyncOutcome {
  if (problems.length === 0) return {};
  const left = problems.map(({ backOffLeft }) => backOffLeft);
  return left.includes(undefined) ? retry() : retry(Math.min(...left.map((time) => time ?? 0)));
}

function* createSandbox(services: KubeletServices, pod: Pod): Call<string | undefined> {
  const created = yield* services.runtime.runPodSandbox({
    pod: identityOf(pod),
    hostNetwork: pod.spec?.hostNetwork ?? false,
  });
  if (!created.ok) {
    const message = `Failed to create pod sandbox: ${failureText(created)}`;
    services.recorder.event(pod, 'Warning', 'FailedCreatePodSandBox', message);
    return undefined;
  }
  tellSandboxReady(services, pod);
  return created.value.id;
}

interface StartTarget {
  readonly pod: Pod;
  readonly sandboxId: string;
  readonly runtimeStatus: RuntimePodStatus;
}

/** Init containers first; the Pod's own only once those are done. */
function* startContainers(
  services: KubeletServices,
  target: StartTarget,
  { startInit, start }: PodActions,
): Call<StartProblem[]> {
  const problems: StartProblem[] = [];
  for (const container of [...startInit, ...start]) {
    const problem = yield* startContainer(services, copyWith(target, { container }));
    services.reasons.set(uidOf(target.pod), container.name, problem);
    if (!problem) continue;
    problems.push(problem);
    if (startInit.includes(container) && !isRestartableInit(container)) break;
  }
  return problems;
}

function tellMissingPullSecrets({ references, recorder }: KubeletServices, pod: Pod): void {
  if (references.mayOmit('secrets')) return;
  const { namespace = '' } = pod.metadata;
  const missing = (pod.spec?.imagePullSecrets ?? [])
    .map(({ name = '' }) => name)
    .filter((name) => name && !references.secret(namespace, name));
  if (missing.length === 0) return;
  const what = `Unable to retrieve some image pull secrets (${missing.join(', ')})`;
  const message = `${what}; attempting to pull the image may not succeed.`;
  recorder.event(pod, 'Warning', 'FailedToRetrieveImagePullSecret', message);
}
