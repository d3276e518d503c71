// How the kubelet calls Pods and containers in its messages and Events.
import type { Container, Pod } from '../../api/object.ts';

/** `myapp_default(uid)`, as k8s.io/kubernetes/pkg/kubelet/util/format.Pod writes it. */
export function formatPod({ metadata }: Pod): string {
  return `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
}

/** The field of the Pod that an Event about a container points at (kubecontainer.GenerateContainerRef). */
export function fieldPathOf(pod: Pod, container: Container): string {
  const isInit = pod.spec?.initContainers?.some(({ name }) => name === container.name);
  return `spec.${isInit ? 'initContainers' : 'containers'}{${container.name}}`;
}

export function uidOf({ metadata }: Pod): string {
  return metadata.uid ?? '';
}

/** The Pod as the runtime is told of it. */
export function identityOf(pod: Pod) {
  const { namespace = '', name = '' } = pod.metadata;
  return { uid: uidOf(pod), namespace, name };
}

/** A sidecar: an init container that is kept running. */
export function isRestartableInit({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

/** Init containers, then the Pod's own. */
export function allContainers({ spec }: Pod): readonly Container[] {
  return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
}
