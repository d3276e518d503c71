import assert from 'node:assert/strict';
import { OneNode, settled, userPod } from './one-node.ts';
import { makeContainer } from './pod-fixture.ts';

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

  it('keys of a Secret may be missing, unless they are optional', () => {
    const refer = (optional: boolean) => [
      { name: 'A', valueFrom: { secretKeyRef: { name: 'login', key: 'a', optional } } },
    ];
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'default' },
      data: { b: 'Yg==' },
    };
    const run = (optional: boolean) => {
      const node = new OneNode();
      node.create('secrets', secret);
      node.createPod(userPod({ containers: [makeContainer({ env: refer(optional) })] }));
      return node.settle();
    };
    assert.ok(run(false).events().includes("Failed app: Error: couldn't find key a in Secret default/login"));
    assert.equal(run(true).summary(), 'Running ready; app: running');
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
