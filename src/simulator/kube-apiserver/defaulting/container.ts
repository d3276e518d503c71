// Containers of every sort (pkg/apis/core/v1/defaults.go and zz_generated.defaults.go, Kubernetes 1.36).
import type {
  Container,
  ContainerPort,
  EnvVar,
  HTTPGetAction,
  Lifecycle,
  LifecycleHandler,
  Probe,
} from '../../../api/object.ts';
import { defaultPullPolicy } from './image-tag.ts';
import { defaultResources } from './resources.ts';
import { defaultFieldRef } from './volumes.ts';
import { withDefaults, withField, withItems } from './with-defaults.ts';

const portDefaults = { protocol: 'TCP' };
const httpDefaults = { path: '/', scheme: 'HTTP' };
const probeDefaults = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
const grpcDefaults = { service: '' };

const defaultPort = (port: ContainerPort) => withDefaults(port, portDefaults);
const defaultHttpGet = (action: HTTPGetAction) => withDefaults(action, httpDefaults);

function defaultProbe(probe: Probe): Probe {
  const withHandler = withField(withField(probe, 'httpGet', defaultHttpGet), 'grpc', (action) =>
    withDefaults(action, grpcDefaults),
  );
  return withDefaults(withHandler, probeDefaults);
}

const defaultHandler = (handler: LifecycleHandler) => withField(handler, 'httpGet', defaultHttpGet);
const defaultLifecycle = (lifecycle: Lifecycle) =>
  withField(withField(lifecycle, 'postStart', defaultHandler), 'preStop', defaultHandler);

function defaultEnv(variable: EnvVar): EnvVar {
  return withField(variable, 'valueFrom', (source) => {
    const selected = withField(source, 'fieldRef', defaultFieldRef);
    return withField(selected, 'fileKeyRef', (file) => withDefaults(file, { optional: false }));
  });
}

/** What containers, init containers and ephemeral containers have in common. */
export function defaultContainer<T extends Container>(container: T): T {
  let result: Container = withDefaults<Container>(container, {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...(container.imagePullPolicy === undefined && { imagePullPolicy: defaultPullPolicy(container.image) }),
  });
  if (container.ports) result = withField(result, 'ports', (ports) => withItems(ports, defaultPort));
  if (container.env) result = withField(result, 'env', (env) => withItems(env, defaultEnv));
  if (container.resources) result = withField(result, 'resources', defaultResources);
  if (container.livenessProbe) result = withField(result, 'livenessProbe', defaultProbe);
  if (container.readinessProbe) result = withField(result, 'readinessProbe', defaultProbe);
  if (container.startupProbe) result = withField(result, 'startupProbe', defaultProbe);
  if (container.lifecycle) result = withField(result, 'lifecycle', defaultLifecycle);
  return result as T;
}
