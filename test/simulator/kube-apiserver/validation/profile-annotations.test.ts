import assert from 'node:assert/strict';
import { errorsOf, updateErrorsOf } from './validate.ts';

const pod = (spec: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: { containers: [{ name: 'app', image: 'nginx' }], ...spec },
});

const appArmor = 'container.apparmor.security.beta.kubernetes.io';
const seccomp = 'container.seccomp.security.alpha.kubernetes.io';

/** Annotations with profiles, the securityContext beside them, and what the real server said. */
const profiles: readonly (readonly [annotations: Record<string, string>, context: object, ...messages: string[]])[] = [
  [{ [`${appArmor}/app`]: 'runtime/default', [`${seccomp}/app`]: 'docker/default' }, {}],
  [
    { [`${appArmor}/app`]: 'bogus', [`${appArmor}/zz`]: '' },
    {},
    `metadata.annotations[${appArmor}/app]: Invalid value: "bogus": invalid AppArmor profile name: "bogus"`,
    `metadata.annotations[${appArmor}/zz]: Invalid value: "zz": container not found`,
  ],
  [
    { 'seccomp.security.alpha.kubernetes.io/pod': 'localhost/../x', [`${seccomp}/app`]: 'bogus' },
    {},
    `metadata.annotations.seccomp.security.alpha.kubernetes.io/pod: Invalid value: "../x": must not contain '..'`,
    `metadata.annotations.${seccomp}/app: Invalid value: "bogus": must be a valid seccomp profile`,
  ],
  [
    { [`${appArmor}/app`]: 'unconfined', 'seccomp.security.alpha.kubernetes.io/pod': 'localhost/x' },
    {
      appArmorProfile: { type: 'RuntimeDefault' },
      seccompProfile: { type: 'Localhost', localhostProfile: 'y' },
    },
    'spec.securityContext.seccompProfile.localhostProfile: Forbidden: seccomp profile in annotation and field must match',
    'spec.containers[0].securityContext.appArmorProfile.type: Forbidden: apparmor type in annotation and field must match',
  ],
];

describe('profiles in annotations', () => {
  for (const [annotations, securityContext, ...messages] of profiles) {
    it(JSON.stringify(annotations), () =>
      assert.deepEqual(errorsOf(pod({ securityContext }, { annotations })), messages),
    );
  }

  it('of AppArmor stay as they are', () => {
    assert.deepEqual(updateErrorsOf(pod({}, { annotations: { [`${appArmor}/app`]: 'unconfined' } }), pod({})), [
      `metadata.annotations[${appArmor}/app]: Forbidden: may not add AppArmor annotations`,
    ]);
  });
});
