// Each class of mistake that the API server refuses or that brings nothing up: the token that is to be marked, and the fix that is to mend it.

export interface Mistake {
  readonly what: string;
  readonly text: string;
  readonly finding: string;
  /** What the finding stands on. */
  readonly token: string;
  /** How the title of the fix begins. */
  readonly fix: string;
}

/** What they are applied to: two nodes, and a namespace with little left of its quota. */
export const cluster = `apiVersion: v1
kind: Node
metadata: {name: worker-1, labels: {disk: ssd}}
status: {allocatable: {cpu: 4, memory: 8Gi, pods: 20}}
---
apiVersion: v1
kind: Node
metadata: {name: gpu-1, labels: {accelerator: nvidia}}
spec: {taints: [{key: dedicated, value: gpu, effect: NoSchedule}]}
status: {allocatable: {cpu: 8, memory: 32Gi, pods: 20}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: limited}}
---
{apiVersion: v1, kind: ResourceQuota, metadata: {name: small, namespace: limited}, spec: {hard: {requests.cpu: "1"}}, status: {hard: {requests.cpu: "1"}, used: {requests.cpu: "0"}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {mode: fast}}
`;

const pod = (lines: string, container = '') => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
${lines}  containers:
  - name: web
    image: nginx:1.29
${container}`;

const deployment = (apiVersion: string, labels: string) => `apiVersion: ${apiVersion}
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        ${labels}
    spec:
      containers:
      - name: web
        image: nginx:1.29
`;

export const mistakes: readonly Mistake[] = [
  {
    what: 'an unknown field',
    text: pod('').replace('image:', 'imagee:'),
    ...{ finding: 'unknown-field', token: 'imagee', fix: 'Rename imagee to image' },
  },
  {
    what: 'a field at the wrong place',
    text: pod('', '    nodeSelector: {disk: ssd}\n'),
    ...{ finding: 'unknown-field', token: 'nodeSelector', fix: 'Move nodeSelector to spec' },
  },
  {
    what: 'a field that is missing',
    text: pod('').replace('  - name: web\n    image', '  - image'),
    ...{ finding: 'invalid-field', token: 'image', fix: 'Call the container nginx' },
  },
  {
    what: 'a value of the wrong type',
    text: pod('', '    env:\n    - name: PORT\n      value: 8080\n'),
    ...{ finding: 'mistyped-field', token: '8080', fix: 'Put quotes around the value' },
  },
  {
    what: 'one value where a list belongs',
    text: pod('', '    command: sleep\n'),
    ...{ finding: 'mistyped-field', token: 'sleep', fix: 'Make command a list' },
  },
  {
    what: 'more than the quota leaves',
    text: pod('', '    resources:\n      requests:\n        cpu: 2\n').replace(
      'name: web',
      'name: web\n  namespace: limited',
    ),
    ...{ finding: 'forbidden', token: '2', fix: 'Lower the cpu request to 1' },
  },
  {
    what: 'a key that is there twice',
    text: pod('', '    image: nginx:1.28\n'),
    ...{ finding: 'duplicate-key', token: 'image', fix: 'Remove the first image' },
  },
  {
    what: 'a name that is there twice',
    text: `${pod('')}  - name: web\n    image: busybox\n`,
    ...{ finding: 'invalid-field', token: 'web', fix: 'Call the second one web-2' },
  },
  {
    what: 'a value in the wrong case',
    text: pod('', '    imagePullPolicy: always\n'),
    ...{ finding: 'invalid-field', token: 'always', fix: 'Correct imagePullPolicy to Always' },
  },
  {
    what: 'a kind in the wrong case',
    text: pod('').replace('kind: Pod', 'kind: pod'),
    ...{ finding: 'refused', token: 'pod', fix: 'Correct the kind to Pod' },
  },
  {
    what: 'an API version that is gone',
    text: deployment('apps/v1beta1', 'app: web'),
    ...{ finding: 'unknown-kind', token: 'apps/v1beta1', fix: 'Use apps/v1' },
  },
  {
    what: 'limits below requests',
    text: pod('', '    resources:\n      requests: {cpu: 2}\n      limits: {cpu: 1}\n'),
    ...{ finding: 'invalid-field', token: 'requests', fix: 'Raise the cpu limit to 2' },
  },
  {
    what: 'a selector that does not mean its template',
    text: deployment('apps/v1', 'app: wep'),
    ...{ finding: 'invalid-field', token: 'labels', fix: 'Give the template the label app=web' },
  },
  {
    what: 'a name that no object may have',
    text: pod('').replace('name: web', 'name: Web_Server'),
    ...{ finding: 'invalid-field', token: 'Web_Server', fix: 'Write name as web-server' },
  },
  {
    what: 'a quantity that is none',
    text: pod('', '    resources:\n      requests:\n        memory: 64MB\n'),
    ...{ finding: 'mistyped-field', token: '64MB', fix: 'Write memory as 64M' },
  },
  {
    what: 'a reference to what does not exist',
    text: pod('', '    envFrom:\n    - configMapRef:\n        name: setings\n'),
    ...{ finding: 'container-create', token: 'setings', fix: 'Correct name to settings' },
  },
  {
    what: 'a namespace that does not exist',
    text: pod('').replace('name: web', 'name: web\n  namespace: defaut'),
    ...{ finding: 'namespace-missing', token: 'defaut', fix: 'Correct namespace to default' },
  },
  {
    what: 'a label that no node has',
    text: pod('  nodeSelector:\n    disk: sdd\n'),
    ...{ finding: 'unschedulable', token: 'sdd', fix: 'Correct disk to ssd' },
  },
  {
    what: 'a taint that is not tolerated',
    text: pod('  nodeSelector:\n    accelerator: nvidia\n'),
    ...{ finding: 'unschedulable', token: 'spec', fix: 'Tolerate dedicated=gpu:NoSchedule' },
  },
];
