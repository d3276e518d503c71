import assert from 'node:assert/strict';
import type { Container, Pod, PodSpec } from '../../../src/api/object.ts';
import { adoptedPod, type ImageBehaviours } from '../../../src/simulator/kubelet/index.ts';
import { OneNode } from './one-node.ts';
import { makeContainer, makeNode, makePod } from './pod-fixture.ts';

function userPod(spec: Partial<PodSpec> = {}): Pod {
  const { uid: _, generation: __, ...metadata } = makePod().metadata;
  return { ...makePod(spec), metadata };
}

/** A node on which one Pod has come to rest. */
function settled(images: ImageBehaviours, container: Partial<Container>, spec: Partial<PodSpec> = {}): OneNode {
  const node = new OneNode(images);
  node.createPod(userPod({ containers: [makeContainer(container)], ...spec }));
  return node.settle();
}

const target = { resource: 'pods', namespace: 'default', name: 'myapp' };

describe('deleting a Pod', () => {
  it('ends it with SIGTERM, tells how, and completes the deletion', () => {
    const node = settled({ images: { nginx: { stop: { delay: '1s' } } } }, {});
    node.admin.delete(target);
    node.run(500);
    assert.equal(node.summary(), 'Running ready; app: running');
    node.settle();
    assert.equal(node.summary(), 'gone');
    assert.ok(node.events().includes('Killing app: Stopping container app'));
    const phases = node.kernel.trace.flatMap((entry) =>
      entry.type === 'store' && entry.resource === 'pods' ? [(entry.object as Pod).status?.phase] : [],
    );
    assert.equal(phases.at(-1), 'Succeeded');
  });

  it('kills what does not listen when the grace period is over', () => {
    const node = settled(
      { images: { nginx: { stop: { ignoreTerm: true } } } },
      {},
      { terminationGracePeriodSeconds: 8 },
    );
    const began = node.kernel.now;
    node.admin.delete(target);
    node.run(8000);
    assert.notEqual(node.summary(), 'gone');
    node.settle();
    assert.equal(node.summary(), 'gone');
    assert.ok(node.kernel.now - began < 12_000);
  });

  it('breaks off a pull', () => {
    const node = new OneNode({ images: { nginx: { pull: { delay: '1h' } } } });
    node.createPod(userPod());
    node.run(2000);
    node.admin.delete(target);
    node.run(5000);
    assert.equal(node.summary(), 'gone');
  });

  it('runs the preStop hook first', () => {
    const lifecycle = { preStop: { exec: { command: ['bye'] } } };
    const node = settled({ containers: { app: { exec: { bye: [{ exit: 1, sleep: '2s' }] } } } }, { lifecycle });
    node.admin.delete(target);
    node.run(1500);
    assert.notEqual(node.summary(), 'gone');
    node.settle();
    assert.ok(node.events().includes('FailedPreStopHook app: PreStopHook failed'));
  });
});

describe('probes', () => {
  const httpGet = { path: '/', port: 80 };
  const listen = (...answers: { until?: string; status: number }[]): ImageBehaviours => ({
    images: { nginx: { listen: [{ port: 80, paths: { '/': answers } }] } },
  });

  it('readiness is awaited', () => {
    const node = new OneNode(listen({ until: '5s', status: 503 }, { status: 200 }));
    node.createPod(userPod({ containers: [makeContainer({ readinessProbe: { httpGet, periodSeconds: 2 } })] }));
    node.run(4000);
    assert.equal(node.summary(), 'Running; app: running');
    assert.equal(node.settle().summary(), 'Running ready; app: running');
    const event = 'Unhealthy app: Readiness probe failed: HTTP probe failed with statuscode: 503';
    assert.ok(node.events().includes(event));
  });

  it('a container that is not alive is restarted', () => {
    const livenessProbe = { httpGet, periodSeconds: 1, failureThreshold: 2 };
    const node = settled(listen({ until: '3s', status: 200 }, { status: 500 }), { livenessProbe });
    node.run(10_000);
    assert.match(node.summary(), /app: running \([12]\)/);
    assert.ok(node.events().includes('Killing app: Container app failed liveness probe, will be restarted'));
  });

  it('nothing else is probed before the container has started', () => {
    const startupProbe = { exec: { command: ['check'] }, periodSeconds: 1, failureThreshold: 10 };
    const behaviours = { containers: { app: { exec: { check: [{ until: '3s', exit: 1, stderr: 'not yet' }, {}] } } } };
    const node = new OneNode(behaviours);
    node.createPod(userPod({ containers: [makeContainer({ startupProbe })] }));
    node.run(3000);
    assert.equal(node.pod()?.status?.containerStatuses?.[0]?.started, false);
    assert.equal(node.settle().summary(), 'Running ready; app: running');
    assert.ok(node.events().includes('Unhealthy app: Startup probe failed: not yet'));
  });

  const outputs: [what: string, probe: object, behaviours: ImageBehaviours, output: string][] = [
    ['a closed port', { tcpSocket: { port: 81 } }, listen(), 'dial tcp 10.244.0.2:81: connect: connection refused'],
    [
      'a closed port asked by HTTP',
      { httpGet: { port: 81, path: '/x' } },
      listen(),
      'Get "http://10.244.0.2:81/x": dial tcp 10.244.0.2:81: connect: connection refused',
    ],
    [
      'a slow answer',
      { httpGet },
      { images: { nginx: { listen: [{ port: 80, paths: { '/': [{ status: 200, sleep: '5s' }] } }] } } },
      'Get "http://10.244.0.2:80/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    ],
    [
      'a slow command',
      { exec: { command: ['check'] } },
      { containers: { app: { exec: { check: [{ sleep: '5s' }] } } } },
      'command timed out: "check" timed out after 1s',
    ],
    [
      'a command that cannot be run',
      { exec: { command: ['check'] } },
      { containers: { app: { exec: { check: [{ error: 'no such file' }] } } } },
      'rpc error: code = Unknown desc = no such file',
    ],
  ];
  for (const [what, readinessProbe, behaviours, output] of outputs) {
    it(`${what}: ${output}`, () => {
      const node = new OneNode(behaviours);
      node.createPod(userPod({ containers: [makeContainer({ readinessProbe })] }));
      node.run(20_000);
      assert.ok(node.events().includes(`Unhealthy app: Readiness probe failed: ${output}`), node.events().join('\n'));
    });
  }
});

describe('what a container needs', () => {
  it('a volume is awaited', () => {
    const spec = { volumes: [{ name: 'conf', configMap: { name: 'settings' } }] };
    const node = new OneNode();
    const volumeMounts = [{ name: 'conf', mountPath: '/conf' }];
    node.createPod(userPod({ ...spec, containers: [makeContainer({ volumeMounts })] }));
    node.run(3000);
    const event = 'FailedMount: MountVolume.SetUp failed for volume "conf" : configmap "settings" not found';
    assert.deepEqual(node.events(), [event]);
    node.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'default' },
    });
    assert.equal(node.settle().summary(), 'Running ready; app: running');
  });

  it('a volume that does not come is given up for a while', () => {
    const volumes = [{ name: 'cred', secret: { secretName: 'login', items: [{ key: 'a', path: 'a' }] } }];
    const node = settled({}, { volumeMounts: [{ name: 'cred', mountPath: '/cred' }] }, { volumes });
    const lists = 'unmounted volumes=[cred], unattached volumes=[], failed to process volumes=[]';
    const event = `FailedMount: Unable to attach or mount volumes: ${lists}: context deadline exceeded`;
    assert.ok(node.events().includes(event), node.events().join('\n'));
  });

  it('a pull secret that is missing is told', () => {
    const node = settled({}, {}, { imagePullSecrets: [{ name: 'regcred' }] });
    const what = 'Unable to retrieve some image pull secrets (regcred)';
    const event = `FailedToRetrieveImagePullSecret: ${what}; attempting to pull the image may not succeed.`;
    assert.ok(node.events().includes(event));
  });

  it('a sandbox is tried again', () => {
    const node = settled({ sandbox: { error: 'no network for "{id}"', failTimes: 1 } }, {});
    assert.match(
      node.events()[0] ?? '',
      /^FailedCreatePodSandBox: Failed to create pod sandbox: rpc error: .* no network for "[0-9a-f]{64}"$/,
    );
    node.run(20_000);
    assert.equal(node.summary(), 'Running ready; app: running');
  });

  it('a hook that fails ends the container', () => {
    const lifecycle = { postStart: { exec: { command: ['/hook.sh'] } } };
    const behaviours = { containers: { app: { exec: { '/hook.sh': [{ exit: 1, stderr: 'no route\n' }] } } } };
    const node = settled(behaviours, { lifecycle });
    assert.ok(node.events().includes('FailedPostStartHook app: PostStartHook failed'));
    assert.ok(node.events().includes('Killing app: FailedPostStartHook'));
    assert.match(node.summary(), /PostStartHookError|CrashLoopBackOff/);
  });

  const users: [securityContext: object, user: string | undefined, problem: string][] = [
    [{ runAsNonRoot: true }, undefined, 'container has runAsNonRoot and image will run as root'],
    [{ runAsNonRoot: true, runAsUser: 0 }, '7', "container's runAsUser breaks non-root policy"],
    [
      { runAsNonRoot: true },
      'node',
      'container has runAsNonRoot and image has non-numeric user (node), cannot verify user is non-root',
    ],
  ];
  for (const [securityContext, user, problem] of users) {
    it(problem, () => {
      const node = settled({ images: { nginx: user === undefined ? {} : { user } } }, { securityContext });
      const where = `(pod: "myapp_default(${node.pod()?.metadata.uid})", container: app)`;
      assert.ok(node.events().includes(`Failed app: Error: ${problem} ${where}`), node.events().join('\n'));
    });
  }

  it('a user that is not root is fine', () => {
    const node = settled({}, { securityContext: { runAsNonRoot: true, runAsUser: 7 } });
    assert.equal(node.pod()?.status?.containerStatuses?.[0]?.user?.linux?.uid, 7);
  });
});

describe('Pods the kubelet has its own view of', () => {
  it('one that does not fit is refused', () => {
    const node = settled({}, { resources: { requests: { cpu: '8' } } });
    const message = "Node didn't have enough resource: cpu, requested: 8000, used: 0, capacity: 2000";
    assert.deepEqual(node.events(), [`OutOfcpu: ${message}`]);
    assert.equal(node.pod()?.status?.message, `Pod was rejected: ${message}`);
    assert.equal(node.summary(), 'Failed');
  });

  it('one with a field that is not modelled is unknown', () => {
    const node = settled({}, {}, { volumes: [{ name: 'a', nfs: { server: 's', path: '/' } }] });
    const unknown = node.kernel.trace.flatMap((entry) =>
      entry.type === 'unknown' && entry.from === 'kubelet/node1' ? [entry.path] : [],
    );
    assert.deepEqual(unknown, ['spec.volumes[0].nfs']);
  });

  it('one that is active for too long is ended', () => {
    const node = settled({}, {}, { activeDeadlineSeconds: 8 });
    assert.equal(node.summary(), 'Failed; app: Completed 0');
    assert.equal(node.pod()?.status?.reason, 'DeadlineExceeded');
    const event = 'DeadlineExceeded: Pod was active on the node longer than the specified deadline';
    assert.ok(node.events().includes(event));
  });

  it('one that runs already is left as it is, and can be deleted', () => {
    const given = { ...userPod({ nodeName: 'node1' }), metadata: { name: 'myapp', namespace: 'default', uid: 'u' } };
    const { status } = adoptedPod(given);
    const node = new OneNode();
    node.stop();
    const created = node.create('pods', { ...given, metadata: { name: 'myapp', namespace: 'default' } });
    node.admin.update({ ...target, subresource: 'status' }, { ...created, status });
    node.restart();
    const writes = node.kernel.trace.length;
    node.settle();
    assert.equal(node.summary(), 'Running ready; app: running');
    assert.ok(!node.kernel.trace.slice(writes).some((entry) => entry.type === 'store'));
    node.admin.delete(target);
    assert.equal(node.settle().summary(), 'gone');
  });

  it('a replaced image restarts the container', () => {
    const node = settled({}, {});
    const pod = node.pod();
    assert.ok(pod?.spec);
    node.admin.update(target, {
      ...pod,
      spec: { ...pod.spec, containers: pod.spec.containers.map((c) => ({ ...c, image: 'redis' })) },
    });
    node.settle();
    assert.equal(node.summary(), 'Running ready; app: running (1)');
    assert.ok(node.events().includes('Killing app: Container app definition changed, will be restarted'));
  });

  it('images that were pulled are told with the next node status', () => {
    const node = settled({}, {}, {});
    node.run(10_000);
    const response = node.admin.get({ resource: 'nodes', name: 'node1' });
    assert.ok(response.ok);
    const names = (response.object as ReturnType<typeof makeNode>).status?.images?.map((image) => image.names[1]);
    assert.deepEqual(names, ['docker.io/library/nginx:latest']);
  });
});
