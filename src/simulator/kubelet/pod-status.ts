// The status of a Pod from what the runtime has of it (generateAPIPodStatus of pkg/kubelet/kubelet_pods.go).
import { copyWith, type Writable } from '../../base/copy.ts';
import { isTerminalPhase } from '../../api/pod-phase.ts';
import type { ContainerStatus, Pod, PodStatus } from '../../api/object.ts';
import { activeDeadline, deadlineExceeded } from './active-deadline.ts';
import { generateConditions, isOwnCondition } from './conditions.ts';
import { containerStatuses, initContainerStatuses } from './container-statuses.ts';
import type { RuntimePodStatus } from './containerd/cri.ts';
import { phaseOf } from './phase.ts';
import { needsSandbox } from './pod-actions.ts';
import { allContainers, uidOf } from './pod-names.ts';
import { podResourceStatus } from './pod-resources.ts';
import type { KubeletServices } from './services.ts';

/** `ended`: nothing of the Pod runs or will run again. */
export function generatePodStatus(
  services: KubeletServices,
  pod: Pod,
  runtime: RuntimePodStatus,
  ended: boolean,
): PodStatus {
  const old = services.statuses.get(uidOf(pod)) ?? pod.status ?? {};
  const { initStatuses, statuses } = allStatuses(services, pod, runtime, old);
  const { phase, reason, message } = outcomeOf(services, pod, old, [...initStatuses, ...statuses], ended);
  const sandboxReady = !needsSandbox(runtime);
  const others = (pod.status?.conditions ?? []).filter((condition) => !isOwnCondition(condition));
  const conditions = generateConditions({ pod, phase, sandboxReady, initStatuses, statuses, others });
  const { generation } = pod.metadata;
  const { qosClass, nominatedNodeName } = pod.status ?? {};
  const status: Writable<PodStatus> = { phase };
  if (generation) status.observedGeneration = generation;
  if (reason) status.reason = reason;
  if (message) status.message = message;
  status.conditions = [...others, ...conditions];
  Object.assign(status, addresses(services, pod, runtime, old));
  if (qosClass) status.qosClass = qosClass;
  if (initStatuses.length > 0) status.initContainerStatuses = initStatuses;
  status.containerStatuses = statuses;
  Object.assign(status, podResourceStatus(pod, pod.status?.phase === 'Running' && isTerminalPhase(old.phase)));
  if (nominatedNodeName) status.nominatedNodeName = nominatedNodeName;
  return status;
}

/** The status with the sandbox told as ready, as soon as it is (OnPodSandboxReady). */
export function tellSandboxReady({ statuses }: KubeletServices, pod: Pod): void {
  const status = statuses.get(uidOf(pod));
  if (!status) return;
  const conditions = status.conditions?.map((condition) =>
    condition.type === 'PodReadyToStartContainers' ? copyWith(condition, { status: 'True' }) : condition,
  );
  statuses.set(pod, conditions ? copyWith(status, { conditions }) : status);
}

function allStatuses(services: KubeletServices, pod: Pod, runtime: RuntimePodStatus, old: PodStatus) {
  const { reasons, probes } = services;
  const recursiveReadOnly = supportsRecursiveReadOnly(services);
  const inputAfter = (previous: readonly ContainerStatus[] = []) => ({
    pod,
    runtime,
    reasons,
    recursiveReadOnly,
    previous,
  });
  const containers = allContainers(pod);
  const withResults = (status: ContainerStatus, isInit: boolean) => {
    const container = containers.find(({ name }) => name === status.name);
    return container ? probes.withResults(pod, container, status, isInit) : status;
  };
  return {
    initStatuses: initContainerStatuses(inputAfter(old.initContainerStatuses)).map((status) =>
      withResults(status, true),
    ),
    statuses: containerStatuses(inputAfter(old.containerStatuses)).map((status) => withResults(status, false)),
  };
}

/** A Pod never leaves a final phase; past its deadline it has failed. */
function outcomeOf(
  { kernel, recorder }: KubeletServices,
  pod: Pod,
  old: PodStatus,
  statuses: readonly ContainerStatus[],
  ended: boolean,
): Pick<PodStatus, 'reason' | 'message'> & { phase: string } {
  if (old.phase && isTerminalPhase(old.phase)) return { phase: old.phase, reason: old.reason, message: old.message };
  if ((activeDeadline(pod, old) ?? Infinity) <= kernel.now) {
    recorder.event(pod, 'Normal', deadlineExceeded.reason, deadlineExceeded.message);
    return { phase: 'Failed', ...deadlineExceeded };
  }
  return { phase: phaseOf({ pod, statuses, ended }) };
}

function addresses(services: KubeletServices, pod: Pod, { sandboxes }: RuntimePodStatus, old: PodStatus) {
  const hostIps = (services.node()?.status?.addresses ?? [])
    .filter(({ type }) => type === 'InternalIP')
    .map(({ address }) => address);
  const [hostIp] = hostIps;
  const own = sandboxes.find(({ ready, ip }) => ready && ip)?.ip ?? old.podIP;
  const podIp = own ?? (pod.spec?.hostNetwork ? hostIp : undefined);
  const ofHost = hostIp ? { hostIP: hostIp, hostIPs: hostIps.map((ip) => ({ ip })) } : undefined;
  return copyWith(ofHost, podIp ? { podIP: podIp, podIPs: [{ ip: podIp }] } : {});
}

/** What the default handler of the node's runtime says; undefined: nothing. */
function supportsRecursiveReadOnly(services: KubeletServices): boolean | undefined {
  const handler = services.node()?.status?.runtimeHandlers?.find(({ name = '' }) => name === '');
  return handler && (handler.features?.recursiveReadOnlyMounts ?? false);
}
