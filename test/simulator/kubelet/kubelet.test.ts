import assert from 'node:assert/strict';
import type { Pod } from '../../../src/api/object.ts';
import type { ImageBehaviours } from '../../../src/simulator/kubelet/index.ts';
import { OneNode, userPod } from './one-node.ts';
import { makeContainer, makeNode } from './pod-fixture.ts';

const nginx: ImageBehaviours = { images: { nginx: { pull: { delay: '4s', size: 72315124 } } } };
const pulled =
  'Pulled app: Successfully pulled image "nginx" in 4s (4s including waiting). Image size: 72315124 bytes.';
const started = ['Created app: Container created', 'Started app: Container started'];

const runs = (exit: number, restartPolicy: string) => ({
  images: { containers: { app: { runs: [{ exit, after: '1s' }] } } },
  spec: { restartPolicy },
});

describe('a Pod on its node', () => {
  it('gets a sandbox, its image, and runs', () => {
    const node = new OneNode(nginx);
    node.createPod(userPod());
    node.settle();
    assert.equal(node.summary(), 'Running ready; app: running');
    assert.deepEqual(node.events(), ['Pulling app: Pulling image "nginx"', pulled, ...started]);
    const status = node.pod()?.status;
    assert.deepEqual(
      status?.conditions?.map(({ type, observedGeneration }) => `${type} ${observedGeneration}`),
      ['PodReadyToStartContainers 1', 'Initialized 1', 'Ready 1', 'ContainersReady 1', 'PodScheduled 1'],
    );
    assert.equal(status?.podIP, '10.244.0.2');
    assert.equal(status?.hostIP, '192.168.49.11');
    const [container] = status?.containerStatuses ?? [];
    assert.equal(container?.image, 'docker.io/library/nginx:latest');
    assert.match(container?.imageID ?? '', /^docker\.io\/library\/nginx@sha256:5c5567f9/);
    assert.deepEqual(container?.user, { linux: { uid: 0, gid: 0, supplementalGroups: [0] } });
    assert.equal(container?.volumeMounts?.[0]?.recursiveReadOnly, 'Disabled');
  });

  it('is told as far as it has come', () => {
    const node = new OneNode(nginx);
    node.createPod(userPod());
    node.run(1000);
    assert.equal(node.summary(), 'Pending; app: ContainerCreating');
    const conditions = node.pod()?.status?.conditions ?? [];
    assert.equal(conditions.find(({ type }) => type === 'PodReadyToStartContainers')?.status, 'True');
  });

  it('takes an image that is there', () => {
    const node = makeNode();
    const status = { ...node.status, images: [{ names: ['docker.io/library/nginx:latest'], sizeBytes: 1 }] };
    const cluster = new OneNode({}, { node: { ...node, status } });
    cluster.createPod(userPod({ containers: [makeContainer({ imagePullPolicy: 'IfNotPresent' })] }));
    cluster.settle();
    const present = 'Pulled app: Container image "nginx" already present on machine and can be accessed by the pod';
    assert.deepEqual(cluster.events(), [present, ...started]);
  });

  const images: [what: string, container: object, behaviours: ImageBehaviours, summary: string, event: string][] = [
    [
      'an image that does not exist',
      {},
      { images: { nginx: { pull: { error: 'no such image', code: 'NotFound' } } } },
      'Pending; app: ErrImagePull',
      'Failed app: Failed to pull image "nginx": rpc error: code = NotFound desc = no such image',
    ],
    [
      'an image that must be there and is not',
      { imagePullPolicy: 'Never' },
      {},
      'Pending; app: ErrImageNeverPull',
      'ErrImageNeverPull app: Container image "nginx" is not present with pull policy of Never',
    ],
    [
      'an image whose name is none',
      { image: 'Nginx' },
      {},
      'Pending; app: InvalidImageName',
      'Failed app: Error: InvalidImageName',
    ],
    [
      'a registry that is not there',
      {},
      { images: { nginx: { pull: { error: 'RegistryUnavailable: gone' } } } },
      'Pending; app: RegistryUnavailable',
      'Failed app: Error: RegistryUnavailable',
    ],
    [
      'a container that cannot be created',
      {},
      { images: { nginx: { createError: 'no command specified' } } },
      'Pending; app: CreateContainerError',
      'Failed app: Error: no command specified',
    ],
    [
      'a command that does not exist',
      {},
      { images: { nginx: { startError: 'nope: not found' } } },
      'Running; app: RunContainerError (1)',
      'Failed app: Error: nope: not found',
    ],
    [
      'an environment that refers to nothing',
      { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } }] },
      {},
      'Pending; app: CreateContainerConfigError',
      'Failed app: Error: configmap "settings" not found',
    ],
    [
      'a whole environment that is not there',
      { envFrom: [{ secretRef: { name: 'login' } }] },
      {},
      'Pending; app: CreateContainerConfigError',
      'Failed app: Error: secret "login" not found',
    ],
  ];
  for (const [what, container, behaviours, summary, event] of images) {
    it(`waits for ${what}`, () => {
      const node = new OneNode(behaviours);
      node.createPod(userPod({ containers: [makeContainer(container)] }));
      node.settle();
      assert.equal(node.summary(), summary);
      assert.ok(node.events().includes(event), node.events().join('\n'));
    });
  }

  it('waits longer each time for an image, and takes it when it comes', () => {
    const node = new OneNode({ images: { nginx: { pull: { error: 'no network', failTimes: 2 } } } });
    node.createPod(userPod());
    node.settle().run(13_000);
    assert.equal(node.summary(), 'Pending; app: ImagePullBackOff');
    node.run(40_000);
    assert.equal(node.summary(), 'Running ready; app: running');
    assert.ok(node.events().includes('BackOff app: Back-off pulling image "nginx"'));
  });

  it('pulls one image after the other', () => {
    const node = new OneNode({ images: { nginx: { pull: { delay: '1s', size: 1 } } } });
    node.createPod(userPod());
    node.createPod({ ...userPod(), metadata: { name: 'other', namespace: 'default' } });
    node.settle();
    const second = 'Pulled app: Successfully pulled image "nginx" in 1s (2s including waiting). Image size: 1 bytes.';
    assert.ok(node.events().includes(second), node.events().join('\n'));
  });
});

describe('containers that end', () => {
  const rows: [exit: number, policy: string, summary: string][] = [
    [0, 'Never', 'Succeeded; app: Completed 0'],
    [1, 'Never', 'Failed; app: Error 1'],
    [0, 'OnFailure', 'Succeeded; app: Completed 0'],
    [1, 'OnFailure', 'Running; app: Error 1 (1)'],
    [0, 'Always', 'Running; app: Completed 0 (1)'],
  ];
  for (const [exit, policy, summary] of rows) {
    it(`exit ${exit}, ${policy}: ${summary}`, () => {
      const { images, spec } = runs(exit, policy);
      const node = new OneNode(images);
      node.createPod(userPod(spec));
      assert.equal(node.settle().summary(), summary);
    });
  }

  it('are kept waiting, longer each time', () => {
    const { images, spec } = runs(1, 'Always');
    const node = new OneNode(images);
    const pod = node.createPod(userPod(spec));
    node.settle();
    const uid = pod.metadata.uid ?? '';
    const backOff = `BackOff app: Back-off restarting failed container app in pod myapp_default(${uid})`;
    assert.ok(node.events().includes(backOff));
    node.run(15_000);
    const waiting = node.kernel.trace.flatMap((entry) => {
      if (entry.type !== 'store' || entry.resource !== 'pods') return [];
      const message = (entry.object as Pod).status?.containerStatuses?.[0]?.state?.waiting?.message;
      return message ? [message] : [];
    });
    assert.equal(waiting[0], `back-off 10s restarting failed container=app pod=myapp_default(${uid})`);
    assert.equal(node.pod()?.status?.containerStatuses?.[0]?.restartCount, 2);
  });

  it('leave a message, or let their log speak', () => {
    const run = { exit: 1, after: '1s', log: 'cannot open config' };
    const pod = userPod({
      restartPolicy: 'Never',
      containers: [makeContainer({ terminationMessagePolicy: 'FallbackToLogsOnError' })],
    });
    const messageOf = (behaviour: object) => {
      const node = new OneNode({ containers: { app: { runs: [behaviour] } } });
      node.createPod(pod);
      return node.settle().pod()?.status?.containerStatuses?.[0]?.state?.terminated?.message;
    };
    assert.equal(messageOf({ ...run, message: 'disk is full' }), 'disk is full');
    assert.equal(messageOf(run), 'cannot open config');
  });

  it('may be killed for their memory', () => {
    const node = new OneNode({ containers: { app: { runs: [{ oom: true, after: '1s' }] } } });
    node.createPod(userPod({ restartPolicy: 'Never' }));
    assert.equal(node.settle().summary(), 'Failed; app: OOMKilled 137');
  });
});

describe('init containers', () => {
  const inits = (fields: object = {}) => ({
    restartPolicy: 'Never',
    initContainers: [makeContainer({ name: 'init', ...fields })],
  });

  it('run before the others', () => {
    const node = new OneNode({ containers: { init: { runs: [{ exit: 0, after: '2s' }] } } });
    node.createPod(userPod(inits()));
    node.run(2500);
    assert.equal(node.summary(), 'Pending; init: running; app: PodInitializing');
    assert.equal(node.settle().summary(), 'Running ready; init: Completed 0; app: running');
  });

  it('that fail end the Pod', () => {
    const node = new OneNode({ containers: { init: { runs: [{ exit: 3, after: '1s' }] } } });
    node.createPod(userPod(inits()));
    assert.equal(node.settle().summary(), 'Failed; init: Error 3; app: PodInitializing');
  });

  it('that are sidecars run on, and end with the Pod', () => {
    const node = new OneNode({ containers: { app: { runs: [{ exit: 0, after: '5s' }] } } });
    node.createPod(userPod(inits({ restartPolicy: 'Always' })));
    node.run(4000);
    assert.equal(node.summary(), 'Running ready; init: running; app: running');
    assert.equal(node.settle().summary(), 'Succeeded; init: Completed 0; app: Completed 0');
    assert.ok(node.events().includes('Killing init: Stopping container init'));
  });
});
