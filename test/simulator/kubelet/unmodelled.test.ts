import assert from 'node:assert/strict';
import type { PodSpec } from '../../../src/api/object.ts';
import { unmodelledFields } from '../../../src/simulator/kubelet/unmodelled.ts';
import { makeContainer, makePod } from './pod-fixture.ts';

describe('what the kubelet does not model', () => {
  const rows: [spec: Partial<PodSpec>, paths: string[]][] = [
    [{}, []],
    [
      {
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', nfs: { server: 's', path: '/' } },
        ],
      },
      ['spec.volumes[1].nfs'],
    ],
    [{ volumes: [{ name: 'a', hostPath: { path: '/x', type: 'File' } }] }, ['spec.volumes[0].hostPath.type']],
    [{ runtimeClassName: 'gvisor' }, ['spec.runtimeClassName']],
    [{ hostUsers: false }, ['spec.hostUsers']],
    [{ hostUsers: true }, []],
    [
      { containers: [makeContainer({ livenessProbe: { grpc: { port: 1 } } })] },
      ['spec.containers[0].livenessProbe.grpc'],
    ],
    [
      { containers: [makeContainer({ readinessProbe: { tcpSocket: { port: 1, host: 'example.com' } } })] },
      ['spec.containers[0].readinessProbe'],
    ],
    [
      { initContainers: [makeContainer({ volumeMounts: [{ name: 'a', mountPath: '/a', subPathExpr: '$(B)' }] })] },
      ['spec.initContainers[0].volumeMounts[0].subPathExpr'],
    ],
    [{ containers: [makeContainer({ volumeMounts: [{ name: 'a', mountPath: '/a', subPath: 'b' }] })] }, []],
  ];
  for (const [spec, paths] of rows) {
    it(paths.join(', ') || JSON.stringify(spec), () => {
      assert.deepEqual(
        unmodelledFields(makePod(spec)).map(({ path }) => path),
        paths,
      );
    });
  }
});
