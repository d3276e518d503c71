import assert from 'node:assert/strict';
import type { ImageBehaviours } from '../../../src/simulator/kubelet/index.ts';
import { OneNode, settled, userPod } from './one-node.ts';
import { makeContainer } from './pod-fixture.ts';

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

  it('of a port that has no such name say nothing of the container', () => {
    const named = { httpGet: { path: '/', port: 'web' }, periodSeconds: 1 };
    const ready = settled({}, { readinessProbe: named, ports: [{ name: 'http', containerPort: 80 }] });
    assert.equal(ready.summary(), 'Running; app: running');
    const says = 'probe errored and resulted in unknown state: strconv.Atoi: parsing "web": invalid syntax';
    assert.ok(ready.events().includes(`Unhealthy app: Readiness ${says}`));
    const alive = settled({}, { livenessProbe: { tcpSocket: { port: 'web' }, periodSeconds: 1 } });
    assert.equal(alive.summary(), 'Running ready; app: running');
    assert.ok(alive.events().includes(`Unhealthy app: Liveness ${says}`));
    const known = settled({}, { readinessProbe: named, ports: [{ name: 'web', containerPort: 80 }] });
    assert.equal(known.summary(), 'Running ready; app: running');
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
    [
      'a closed port',
      { tcpSocket: { port: 81 } },
      listen({ status: 200 }),
      'dial tcp 10.244.0.2:81: connect: connection refused',
    ],
    [
      'a closed port asked by HTTP',
      { httpGet: { port: 81, path: '/x' } },
      listen({ status: 200 }),
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
