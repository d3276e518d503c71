// Pods, nodes and runtime statuses for tests: only what a test is about needs to be said.
import type { Container, Node, Pod, PodSpec } from '../../../src/api/object.ts';
import type { ContainerRuntimeStatus, RuntimePodStatus } from '../../../src/simulator/kubelet/containerd/cri.ts';

export function makePod(spec: Partial<PodSpec> = {}, name = 'myapp'): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid: `uid-of-${name}`, generation: 1 },
    spec: { containers: [makeContainer()], ...spec },
  };
}

export function makeContainer(fields: Partial<Container> = {}): Container {
  return { name: 'app', image: 'nginx', ...fields };
}

export function makeNode(name = 'node1', fields: Partial<Node> = {}): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: { podCIDR: '10.244.0.0/24' },
    status: {
      addresses: [{ type: 'InternalIP', address: '192.168.49.11' }],
      allocatable: { cpu: '2', memory: '4Gi', 'ephemeral-storage': '40Gi', pods: '110' },
      runtimeHandlers: [{ name: '', features: { recursiveReadOnlyMounts: true } }],
    },
    ...fields,
  };
}

/** A container of the runtime: `app running`, `app exited 1`, `app created`. The id is its place in the list. */
function makeContainerStatus(text: string, id: string): ContainerRuntimeStatus {
  const [name = '', state = '', exitCode = '0'] = text.split(' ');
  return {
    id,
    name,
    sandboxId: 'sandbox',
    state: state as ContainerRuntimeStatus['state'],
    restartCount: 0,
    definition: `${name} nginx`,
    image: 'docker.io/library/nginx:latest',
    imageRef: 'docker.io/library/nginx@sha256:0',
    user: { uid: 0, gid: 0, supplementalGroups: [0] },
    startedAt: 0,
    exitCode: Number(exitCode),
    reason: exitCode === '0' ? 'Completed' : 'Error',
    message: '',
    log: '',
  };
}

/** A Pod of the runtime with a sandbox that is ready, and its containers, the newest first. */
export function makeRuntime(...containers: string[]): RuntimePodStatus {
  const pod = { uid: 'uid-of-myapp', namespace: 'default', name: 'myapp' };
  return {
    sandboxes: [{ id: 'sandbox', pod, ready: true, hostNetwork: false, ip: '10.244.0.2' }],
    containers: containers.map((text, i) => makeContainerStatus(text, `id${i}`)),
  };
}

export const noRuntime: RuntimePodStatus = { sandboxes: [], containers: [] };
