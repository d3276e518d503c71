// Pods and the templates of Pods (pkg/apis/core/v1/defaults.go and conversion.go, Kubernetes 1.36).
// A template gets less than a Pod: what is derived (requests from limits, host ports) waits for the Pod itself.
import type { Container, EphemeralContainer, Pod, PodSpec, PodTemplate, PodTemplateSpec } from '../../../api/object.ts';
import { defaultContainer } from './container.ts';
import { defaultPodResources } from './pod-resources.ts';
import { defaultResourceList, defaultResources, requestsFromLimits } from './resources.ts';
import { defaultVolume } from './volumes.ts';
import { once, withDefaults, withField, withItems } from './with-defaults.ts';

const specDefaults: Partial<PodSpec> = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  securityContext: {},
  schedulerName: 'default-scheduler',
};

const defaultContainers = (containers: readonly Container[]) => withItems(containers, defaultContainer);
const defaultEphemeral = (containers: readonly EphemeralContainer[]) => withItems(containers, defaultContainer);

/** The two names of the ServiceAccount field mean the same; the newer one wins. */
function withServiceAccount(spec: PodSpec): PodSpec {
  const name = spec.serviceAccountName || spec.serviceAccount;
  if (!name || (spec.serviceAccountName === name && spec.serviceAccount === name)) return spec;
  return { ...spec, serviceAccountName: name, serviceAccount: name };
}

/** What Pods and templates have in common. */
const defaultPodSpec = once((spec: PodSpec): PodSpec => {
  let result = withServiceAccount(withDefaults(spec, specDefaults));
  if (spec.volumes) result = withField(result, 'volumes', (volumes) => withItems(volumes, defaultVolume));
  if (spec.initContainers) result = withField(result, 'initContainers', defaultContainers);
  result = withField(result, 'containers', defaultContainers);
  if (spec.ephemeralContainers) result = withField(result, 'ephemeralContainers', defaultEphemeral);
  if (spec.overhead) result = withField(result, 'overhead', defaultResourceList);
  if (spec.resources) result = withField(result, 'resources', defaultResources);
  return result;
});

/** The template of a workload, as it is stored and as its hash sees it. */
export function defaultPodTemplate(template: PodTemplateSpec): PodTemplateSpec {
  return withField(template, 'spec', defaultPodSpec);
}

export function defaultPodTemplateObject(object: PodTemplate): PodTemplate {
  return withField(object, 'template', defaultPodTemplate);
}

function withHostPorts(container: Container): Container {
  return withField(container, 'ports', (ports) =>
    withItems(ports, (port) => (port.hostPort ? port : { ...port, hostPort: port.containerPort })),
  );
}

const withRequests = (container: Container) => withField(container, 'resources', requestsFromLimits);

const defaultSpecOfPod = once((given: PodSpec): PodSpec => {
  let spec = withDefaults(defaultPodSpec(given), { enableServiceLinks: true });
  const each = (change: (container: Container) => Container) => {
    spec = withField(spec, 'initContainers', (list) => withItems(list, change));
    spec = withField(spec, 'containers', (list) => withItems(list, change));
  };
  each(withRequests);
  if (spec.resources) spec = defaultPodResources(spec);
  if (spec.hostNetwork) each(withHostPorts);
  return spec;
});

/** SetDefaults_Pod. */
export function defaultPod(pod: Pod): Pod {
  return withField(pod, 'spec', defaultSpecOfPod);
}
