// Whether a container that does not run is to be started (pkg/kubelet/container/helpers.go).
import type { Container, Pod } from '../../api/object.ts';
import type { ContainerRuntimeStatus, RuntimePodStatus } from './containerd/cri.ts';

/** The newest container of a name. */
export function latestOf({ containers }: RuntimePodStatus, name: string): ContainerRuntimeStatus | undefined {
  return containers.find((status) => status.name === name);
}

/** The policy for a container that has ended, failed or not. */
function restartPolicyOf(container: Container, pod: Pod): string {
  return container.restartPolicy ?? pod.spec?.restartPolicy ?? 'Always';
}

/** ShouldContainerBeRestarted: also true for one that was never started. */
export function shouldBeRestarted(container: Container, pod: Pod, runtime: RuntimePodStatus): boolean {
  if (pod.metadata.deletionTimestamp) return false;
  const status = latestOf(runtime, container.name);
  if (!status || status.state === 'created') return true;
  if (status.state === 'running') return false;
  const policy = restartPolicyOf(container, pod);
  return policy === 'Always' || (policy === 'OnFailure' && status.exitCode !== 0);
}

/** Whether the Pod's policy restarts what fails. */
export const restartsOnFailure = ({ spec }: Pod) => spec?.restartPolicy !== 'Never';
