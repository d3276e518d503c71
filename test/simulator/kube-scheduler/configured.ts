// The default scheduler's profile of a configuration.
import { setupOf } from '../../../src/simulator/kube-scheduler/configuration/profiles.ts';
import type { Framework } from '../../../src/simulator/kube-scheduler/framework/plugin.ts';

export function readConfigured(fields: object): Framework {
  const setup = setupOf({
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
    ...fields,
  });
  if ('problem' in setup) throw new Error(setup.problem);
  const framework = setup.frameworks.get('default-scheduler');
  if (!framework) throw new Error('no default profile');
  return framework;
}
