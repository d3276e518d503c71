// What is to be done so that a Pod's containers are as its spec wants them: computePodActions of
// pkg/kubelet/kuberuntime/kuberuntime_manager.go. A decision only; nothing is done here.
import { copyWith } from '../../base/copy.ts';
import type { Container, Pod } from '../../api/object.ts';
import type { ContainerRuntimeStatus, RuntimePodStatus } from './containerd/cri.ts';
import { isRestartableInit } from './pod-names.ts';
import type { ProbeKind } from './probes.ts';
import { latestOf, restartsOnFailure, shouldBeRestarted } from './restart-policy.ts';

export interface ContainerKill {
  readonly container: Container;
  readonly status: ContainerRuntimeStatus;
  readonly message: string;
  /** The probe that failed, if one did: it may have a grace period of its own. */
  readonly probe?: ProbeKind;
}

export interface PodActions {
  /** Everything is to be stopped. */
  readonly killPod: boolean;
  readonly createSandbox: boolean;
  readonly kill: readonly ContainerKill[];
  readonly startInit: readonly Container[];
  readonly start: readonly Container[];
}

/** The last result of a probe of a container; undefined: there is none. */
export type ProbeResults = (kind: ProbeKind, containerId: string) => boolean | undefined;

/** Whether a new sandbox is needed (PodSandboxChanged). */
export function needsSandbox(runtime: RuntimePodStatus): boolean {
  const ready = runtime.sandboxes.filter((sandbox) => sandbox.ready);
  return ready.length !== 1 || !runtime.sandboxes[0]?.ready;
}

/** What tells one definition of a container from another, as far as it makes a running one be replaced. */
export const definitionOf = ({ name, image }: Container) => `${name} ${image}`;

export function computePodActions(pod: Pod, runtime: RuntimePodStatus, probes: ProbeResults): PodActions {
  if (needsSandbox(runtime)) return actionsForNewSandbox(pod, runtime);
  const init = initActions(pod, runtime, probes);
  if (init.killPod || !init.initialized) return { ...init, createSandbox: false, start: [] };
  const kill = [...init.kill];
  const start: Container[] = [];
  let kept = 0;
  for (const container of pod.spec?.containers ?? []) {
    const status = latestOf(runtime, container.name);
    if (status?.state !== 'running') {
      if (shouldBeRestarted(container, pod, runtime)) start.push(container);
      continue;
    }
    const reason = reasonToKill(pod, container, status, probes, 'Container');
    if (!reason) {
      kept++;
      continue;
    }
    if (reason.restart) start.push(container);
    kill.push(reason);
  }
  const killPod = kept === 0 && start.length === 0;
  return { killPod, createSandbox: false, kill, startInit: killPod ? [] : init.startInit, start };
}

function actionsForNewSandbox(pod: Pod, runtime: RuntimePodStatus): PodActions {
  const { containers = [], initContainers = [], restartPolicy } = pod.spec ?? {};
  const base = { killPod: true, createSandbox: true, kill: [], startInit: [], start: [] };
  if (!restartsOnFailure(pod) && runtime.sandboxes.length > 0 && runtime.containers.length > 0) {
    return { ...base, createSandbox: false };
  }
  const start = containers.filter(({ name }) => {
    const status = latestOf(runtime, name);
    return !(restartPolicy === 'OnFailure' && status?.state === 'exited' && status.exitCode === 0);
  });
  if (start.length === 0) return { ...base, createSandbox: false };
  return initContainers.length > 0
    ? copyWith(base, { startInit: initContainers.slice(0, 1) })
    : copyWith(base, { start });
}

interface InitActions {
  readonly initialized: boolean;
  readonly killPod: boolean;
  readonly kill: readonly ContainerKill[];
  readonly startInit: readonly Container[];
}

const initialized: InitActions = { initialized: true, killPod: false, kill: [], startInit: [] };

/** Init containers run one after the other; sidecars among them are kept running ever after (computeInitContainerActions). */
function initActions(pod: Pod, runtime: RuntimePodStatus, probes: ProbeResults): InitActions {
  const { initContainers = [], containers = [] } = pod.spec ?? {};
  if (initContainers.length === 0) return initialized;
  if (containers.some(({ name }) => latestOf(runtime, name))) return sidecarActions(pod, runtime, probes);
  for (let i = initContainers.length - 1; i >= 0; i--) {
    const container = initContainers[i] as Container;
    const status = latestOf(runtime, container.name);
    if (!status) continue;
    const own = sidecarActions(pod, runtime, probes, i);
    const next = nextInit(pod, container, status, probes);
    if (next === 'fail') return { initialized: false, killPod: true, kill: [], startInit: [] };
    if (next === 'wait') return { ...own, initialized: false };
    const start = next === 'again' ? container : initContainers[i + 1];
    const startInit = [...own.startInit.filter((other) => other !== start), ...(start ? [start] : [])];
    return { ...own, initialized: start === undefined, startInit };
  }
  return { initialized: false, killPod: false, kill: [], startInit: initContainers.slice(0, 1) };
}

/** What the last init container that was started means for the next. */
function nextInit(
  pod: Pod,
  container: Container,
  { id, state, exitCode }: ContainerRuntimeStatus,
  probes: ProbeResults,
): 'wait' | 'next' | 'again' | 'fail' {
  if (state === 'created') return 'again';
  if (isRestartableInit(container)) {
    if (state === 'exited') return 'again';
    if (!container.startupProbe) return 'next';
    const startup = probes('startup', id);
    return startup === undefined ? 'wait' : startup ? 'next' : 'again';
  }
  if (state === 'running') return 'wait';
  if (exitCode === 0) return 'next';
  return restartsOnFailure(pod) ? 'again' : 'fail';
}

/** Keeps the sidecars running that come before an init container (all of them unless told). */
function sidecarActions(pod: Pod, runtime: RuntimePodStatus, probes: ProbeResults, before?: number): InitActions {
  const kill: ContainerKill[] = [];
  const startInit: Container[] = [];
  const sidecars = (pod.spec?.initContainers ?? []).slice(0, before === undefined ? undefined : before + 1);
  for (const container of sidecars.filter(isRestartableInit)) {
    const status = latestOf(runtime, container.name);
    if (status?.state !== 'running') {
      startInit.push(container);
      continue;
    }
    const reason = reasonToKill(pod, container, status, probes, 'Init container');
    if (!reason) continue;
    kill.push(reason);
    startInit.push(container);
  }
  return { initialized: true, killPod: false, kill, startInit };
}

function reasonToKill(
  pod: Pod,
  container: Container,
  status: ContainerRuntimeStatus,
  probes: ProbeResults,
  title: string,
): (ContainerKill & { restart: boolean }) | undefined {
  const changed = status.definition !== definitionOf(container);
  const probe = (['liveness', 'startup'] as const).find((kind) => probes(kind, status.id) === false);
  if (!changed && !probe) return undefined;
  const why = changed ? 'definition changed' : `failed ${probe} probe`;
  const restart = changed || restartsOnFailure(pod) || isRestartableInit(container);
  const message = `${title} ${container.name} ${why}`;
  const told = restart && title === 'Container' ? `${message}, will be restarted` : message;
  return { container, status, message: told, restart, ...(!changed && probe && { probe }) };
}
