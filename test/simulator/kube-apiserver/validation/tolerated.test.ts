// What an update may say because the object says something of the kind already.
import { ruleTable } from './rule-table.ts';

const deployment = (securityContext: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default', uid: 'u', resourceVersion: '1' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    strategy: { type: 'Recreate' },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'app',
            image: 'app:1',
            imagePullPolicy: 'Always',
            terminationMessagePolicy: 'File',
            terminationMessagePath: '/dev/termination-log',
          },
        ],
        dnsPolicy: 'ClusterFirst',
        restartPolicy: 'Always',
        securityContext,
      },
    },
  },
});
const at = 'spec.template.spec.securityContext.seLinuxChangePolicy';

ruleTable('what an update may say besides', [
  {
    what: 'a policy of SELinux that nothing had before',
    given: deployment({ seLinuxChangePolicy: 'MountOption' }),
    old: deployment({}),
    messages: [`${at}: Unsupported value: "MountOption": supported values: "Recursive"`],
  },
  {
    what: 'one in place of another',
    given: deployment({ seLinuxChangePolicy: 'MountOption' }),
    old: deployment({ seLinuxChangePolicy: 'Recursive' }),
    messages: [],
  },
  {
    what: 'none that there is in place of another',
    given: deployment({ seLinuxChangePolicy: 'Bogus' }),
    old: deployment({ seLinuxChangePolicy: 'Recursive' }),
    messages: [`${at}: Unsupported value: "Bogus": supported values: "MountOption", "Recursive"`],
  },
]);
