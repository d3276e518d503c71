import assert from 'node:assert/strict';
import type { PodSpec } from '../../../../../src/api/object.ts';
import {
  detailText,
  violationsOf,
} from '../../../../../src/simulator/kube-apiserver/admission/pod-security/evaluate.ts';
import type { Level } from '../../../../../src/simulator/kube-apiserver/admission/pod-security/policy.ts';
import type { Manifest } from '../../server-fixture.ts';

const hardened = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** What is said of containers a, b, … with these fields. */
function told(level: Level, containers: Manifest[], spec: Manifest = {}, minor = Infinity, annotations = {}): string {
  const named = containers.map((container, i) => ({ name: 'abc'[i] ?? '', ...container }));
  const pod = { metadata: { annotations }, spec: { containers: named, ...spec } as unknown as PodSpec };
  return detailText(violationsOf(pod, { level, minor }));
}
const secured = (securityContext: Manifest) => ({ securityContext });
const safe = secured(hardened);

describe('the checks of Pod Security', () => {
  const apparmor = 'container.apparmor.security.beta.kubernetes.io';
  const baseline: [spec: Manifest, containers: Manifest[], text: string][] = [
    [{}, [{}], ''],
    [
      { hostPID: true, hostNetwork: true, hostIPC: true },
      [],
      'host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)',
    ],
    [
      {
        volumes: [
          { name: 'v', hostPath: {} },
          { name: 'w', hostPath: {} },
          { name: 'x', emptyDir: {} },
        ],
      },
      [],
      'hostPath volumes (volumes "v", "w")',
    ],
    [
      {},
      [{ ports: [{ hostPort: 20 }, { hostPort: 0 }] }, { ports: [{ hostPort: 9 }] }],
      'hostPort (containers "a", "b" use hostPorts 20, 9)',
    ],
    [
      {},
      [secured({ privileged: true }), secured({ privileged: false })],
      'privileged (container "a" must not set securityContext.privileged=true)',
    ],
    [
      {},
      [secured({ capabilities: { add: ['FOO', 'BAR', 'CHOWN'] } })],
      'non-default capabilities (container "a" must not include "BAR", "FOO" in securityContext.capabilities.add)',
    ],
    [
      {},
      [{ livenessProbe: { httpGet: { host: 'x' } } }, { lifecycle: { preStop: { tcpSocket: { host: 'y' } } } }],
      'probe or lifecycle host (containers "a", "b" use probe or lifecycle hosts "x", "y")',
    ],
    [
      {},
      [secured({ procMount: 'Unmasked' })],
      'procMount (container "a" must not set securityContext.procMount to "Unmasked")',
    ],
    [{ hostUsers: false }, [secured({ procMount: 'Unmasked' })], ''],
    [
      { securityContext: { seLinuxOptions: { type: 'foo', user: 'u' } } },
      [secured({ seLinuxOptions: { role: 'r', type: 'bar' } })],
      'seLinuxOptions (pod and container "a" set forbidden securityContext.seLinuxOptions: types "bar", "foo"; ' +
        'user may not be set; role may not be set)',
    ],
    [
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      [secured({ seccompProfile: { type: 'Unconfined' } })],
      'seccompProfile (pod and container "a" must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [{ securityContext: { sysctls: [{ name: 'a.b' }, { name: 'net.ipv4.tcp_rmem' }] } }, [], 'forbidden sysctls (a.b)'],
    [
      { securityContext: { windowsOptions: { hostProcess: true } } },
      [],
      'hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)',
    ],
    [
      { securityContext: { appArmorProfile: { type: 'Unconfined' } } },
      [],
      'forbidden AppArmor profile (pod must not set AppArmor profile type to "Unconfined")',
    ],
  ];
  for (const [spec, containers, text] of baseline) {
    it(`baseline: ${text || 'nothing'}`, () => assert.equal(told('baseline', containers, spec), text));
  }

  it('reads profiles in annotations', () => {
    const annotations = { [`${apparmor}/a`]: 'unconfined', [`${apparmor}/b`]: 'localhost/x' };
    assert.equal(
      told('baseline', [{}], {}, Infinity, annotations),
      `forbidden AppArmor profile (annotation must not set AppArmor profile type to "${apparmor}/a="unconfined"")`,
    );
    const seccomp = 'container.seccomp.security.alpha.kubernetes.io';
    assert.equal(
      told('baseline', [{}], {}, 18, { [`${seccomp}/a`]: 'unconfined', [`${seccomp}/none`]: 'unconfined' }),
      `seccompProfile (forbidden annotation ${seccomp}/a="unconfined")`,
    );
    assert.equal(told('baseline', [{}], {}, 19, { [`${seccomp}/a`]: 'unconfined' }), '');
  });

  const restricted: [what: string, spec: Manifest, containers: Manifest[], text: string][] = [
    ['a hardened container', {}, [safe], ''],
    [
      'a plain container',
      {},
      [{}],
      'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false), ' +
        'unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]), ' +
        'runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true), ' +
        'seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    ],
    [
      'capabilities that are added',
      {},
      [secured({ ...hardened, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'CHOWN'] } })],
      'unrestricted capabilities (container "a" must not include "CHOWN" in securityContext.capabilities.add)',
    ],
    [
      'volumes, the one on the host once',
      { volumes: [{ name: 'v', hostPath: {} }, { name: 'w', nfs: {} }, { name: 'x', emptyDir: {} }, { name: 'y' }] },
      [safe],
      'restricted volume types (volumes "v", "w", "y" use restricted volume types "hostPath", "nfs", "unknown")',
    ],
    [
      'root by name',
      { securityContext: { runAsNonRoot: false, runAsUser: 0 } },
      [safe, secured({ ...hardened, runAsNonRoot: false })],
      'runAsNonRoot != true (pod and container "b" must not set securityContext.runAsNonRoot=false), ' +
        'runAsUser=0 (pod must not set runAsUser=0)',
    ],
    ['root in a user namespace', { hostUsers: false, securityContext: { runAsUser: 0 } }, [safe], ''],
    [
      'an unmasked /proc even there',
      { hostUsers: false },
      [secured({ ...hardened, procMount: 'Unmasked' })],
      'procMount (container "a" must not set securityContext.procMount to "Unmasked")',
    ],
    [
      'what the Pod says for all',
      { securityContext: hardened },
      [secured({ ...hardened, seccompProfile: undefined })],
      '',
    ],
    ['a Pod for Windows', { os: { name: 'windows' }, securityContext: { runAsNonRoot: true } }, [{}], ''],
  ];
  for (const [what, spec, containers, text] of restricted) {
    it(`restricted: ${what}`, () => assert.equal(told('restricted', containers, spec), text));
  }

  const versions: [
    what: string,
    minor: number,
    level: Level,
    spec: Manifest,
    container: Manifest,
    expected: boolean,
  ][] = [
    ['probes', 33, 'baseline', {}, { readinessProbe: { tcpSocket: { host: 'x' } } }, true],
    ['escalation', 7, 'restricted', {}, secured({ ...hardened, allowPrivilegeEscalation: true }), true],
    ['escalation', 8, 'restricted', {}, secured({ ...hardened, allowPrivilegeEscalation: true }), false],
    ['dropping all', 21, 'restricted', {}, secured({ ...hardened, capabilities: {} }), true],
    ['dropping all', 22, 'restricted', {}, secured({ ...hardened, capabilities: {} }), false],
    ['the user 0', 22, 'restricted', {}, secured({ ...hardened, runAsUser: 0 }), true],
    ['the user 0', 23, 'restricted', {}, secured({ ...hardened, runAsUser: 0 }), false],
    [
      'the user 0 in a namespace',
      34,
      'restricted',
      { hostUsers: false },
      secured({ ...hardened, runAsUser: 0 }),
      false,
    ],
    ['container_engine_t', 30, 'baseline', {}, secured({ seLinuxOptions: { type: 'container_engine_t' } }), false],
    ['container_engine_t', 31, 'baseline', {}, secured({ seLinuxOptions: { type: 'container_engine_t' } }), true],
    ['a sysctl', 28, 'baseline', { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_fin_timeout' }] } }, {}, false],
    ['a sysctl', 29, 'baseline', { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_fin_timeout' }] } }, {}, true],
  ];
  for (const [what, minor, level, spec, container, expected] of versions) {
    it(`v1.${minor} ${expected ? 'allows' : 'forbids'} ${what}`, () =>
      assert.equal(told(level, [container], spec, minor) === '', expected));
  }
});
