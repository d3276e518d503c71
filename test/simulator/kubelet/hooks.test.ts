import assert from 'node:assert/strict';
import type { Pod } from '../../../src/api/object.ts';
import { OneNode, settled, target, userPod } from './one-node.ts';
import { makeContainer } from './pod-fixture.ts';

describe('ports and hooks', () => {
  it('a container of which nothing is said answers where it is asked', () => {
    const node = settled({}, { readinessProbe: { httpGet: { port: 8080 } } });
    assert.equal(node.summary(), 'Running ready; app: running');
  });

  it('a port may be named', () => {
    const ports = [{ name: 'web', containerPort: 80 }];
    const behaviours = { images: { nginx: { listen: [{ port: 80 }] } } };
    const node = settled(behaviours, { ports, readinessProbe: { tcpSocket: { port: 'web' } } });
    assert.equal(node.summary(), 'Running ready; app: running');
  });

  it('a postStart hook keeps the next container waiting', () => {
    const app = makeContainer({ lifecycle: { postStart: { sleep: { seconds: 3 } } } });
    const node = new OneNode();
    node.createPod(userPod({ containers: [app, makeContainer({ name: 'next' })] }));
    node.run(4000);
    assert.ok(!node.events().includes('Pulling next: Pulling image "nginx"'));
    assert.equal(node.settle().summary(), 'Running ready; app: running; next: running');
  });

  it('a hook may ask a port', () => {
    const lifecycle = { postStart: { httpGet: { port: 81, path: '/hook' } } };
    const node = settled({ images: { nginx: { listen: [{ port: 80 }] } } }, { lifecycle });
    const waiting = node.kernel.trace.flatMap((entry) => {
      if (entry.type !== 'store' || entry.resource !== 'pods') return [];
      const state = (entry.object as Pod).status?.containerStatuses?.[0]?.state?.waiting;
      return state?.reason === 'PostStartHookError' ? [state.message] : [];
    });
    const where = `for Container "app" in Pod "myapp_default(${node.pod()?.metadata.uid})" failed`;
    const refused = 'Get "http://10.244.0.2:81/hook": dial tcp 10.244.0.2:81: connect: connection refused';
    assert.equal(waiting[0], `HTTP lifecycle hook (/hook) ${where} - error: ${refused}`);
  });

  it('a preStop hook may not take longer than the grace period', () => {
    const lifecycle = { preStop: { exec: { command: ['bye'] } } };
    const behaviours = { containers: { app: { exec: { bye: [{ sleep: '60s' }] } } } };
    const node = settled(behaviours, { lifecycle }, { terminationGracePeriodSeconds: 3 });
    const began = node.kernel.now;
    node.admin.delete(target);
    assert.equal(node.settle().summary(), 'gone');
    assert.ok(node.kernel.now - began < 8000);
  });
});
