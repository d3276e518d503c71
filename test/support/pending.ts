// Pods that get no node, as short text, and what is said of them.
import { found, nodeText } from './apply.ts';

/** A Pod with further lines of its container (four spaces) and of its spec (two). */
export const podText = (rest = '', metadata = 'name: myapp, labels: {app: web}') => `apiVersion: v1
kind: Pod
metadata: {${metadata}}
spec:
  containers:
  - name: app
    image: nginx
${rest}`;

/** A Pod that runs on a node, as an item of a cluster's text; `spec` in flow style. */
export const runningText = (name: string, node: string, container = '', spec = '') => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default, labels: {app: web}}
spec: {nodeName: ${node}, containers: [{name: a, image: b${container && `, ${container}`}}]${spec && `, ${spec}`}}
status: {phase: Running}
`;

export const deploymentText = (replicas: number, spec: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {${spec}}
`;

/** The text pointed at and the explanation of the first Pod that gets no node. */
export function whyPending(text: string, cluster: string): [at: string, explanation: string] {
  const [row] = found(text, ['unschedulable'], { cluster });
  return [row?.[2] ?? '', row?.[3] ?? ''];
}

export { nodeText };
