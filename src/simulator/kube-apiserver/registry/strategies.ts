// Which strategy each resource has, one line a resource (pkg/registry/*/strategy.go, Kubernetes 1.36).
// A resource that is not in the list is stored as it was given.
import { daemonSetStrategy } from './apps/daemon-set.ts';
import { deploymentStrategy } from './apps/deployment.ts';
import { statefulSetStrategy } from './apps/stateful-set.ts';
import { definitionStrategy } from './custom-resource-definitions/strategy.ts';
import { endpointSliceStrategy } from './endpoint-slices/strategy.ts';
import { contentChanged, keepSpecAndMetadata, specChanged, statusStrategy, workloadStrategy } from './generic.ts';
import { jobStrategy } from './jobs/strategy.ts';
import { leaseStrategy } from './leases/strategy.ts';
import { namespaceStrategy } from './namespaces/strategy.ts';
import { nodeStrategy } from './nodes/strategy.ts';
import { podStrategy } from './pods/strategy.ts';
import { resourceSliceStrategy } from './resource-slices/strategy.ts';
import { serviceAccountStrategy } from './service-accounts/strategy.ts';
import { serviceStrategy } from './services/strategy.ts';
import { signingRequestStrategy } from './signing-requests/strategy.ts';
import type { AnyObject, Strategy } from './strategy.ts';
import { claimStrategy } from './volumes/claim.ts';
import { volumeStrategy } from './volumes/strategy.ts';

const counted: Strategy = { changesGeneration: specChanged };
const countedByContent: Strategy = { changesGeneration: contentChanged };

const strategies: Readonly<Record<string, Strategy>> = {
  pods: podStrategy,
  services: serviceStrategy,
  namespaces: namespaceStrategy,
  nodes: nodeStrategy,
  serviceaccounts: serviceAccountStrategy,
  persistentvolumes: volumeStrategy,
  persistentvolumeclaims: claimStrategy,
  // a LimitRange is always named
  limitranges: { prepareForCreate: withName },
  replicationcontrollers: workloadStrategy({ replicas: 0 }),
  resourcequotas: statusStrategy({}),
  podtemplates: countedByContent,
  'deployments.apps': deploymentStrategy,
  'replicasets.apps': workloadStrategy({ replicas: 0 }),
  'statefulsets.apps': statefulSetStrategy,
  'daemonsets.apps': daemonSetStrategy,
  'jobs.batch': jobStrategy,
  'cronjobs.batch': statusStrategy({}, counted),
  'horizontalpodautoscalers.autoscaling': statusStrategy({ desiredReplicas: 0, currentMetrics: null }),
  'poddisruptionbudgets.policy': statusStrategy(
    { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    counted,
  ),
  'endpointslices.discovery.k8s.io': endpointSliceStrategy,
  'leases.coordination.k8s.io': leaseStrategy,
  'ingresses.networking.k8s.io': statusStrategy({ loadBalancer: {} }, counted),
  'ingressclasses.networking.k8s.io': counted,
  'networkpolicies.networking.k8s.io': counted,
  'servicecidrs.networking.k8s.io': statusStrategy({}, { prepareForStatusUpdate: keepSpecAndMetadata }),
  'priorityclasses.scheduling.k8s.io': { changesGeneration: () => false },
  'certificatesigningrequests.certificates.k8s.io': signingRequestStrategy,
  'volumeattachments.storage.k8s.io': statusStrategy({ attached: false }),
  'deviceclasses.resource.k8s.io': counted,
  'resourceslices.resource.k8s.io': resourceSliceStrategy,
  'resourceclaims.resource.k8s.io': statusStrategy({}, { prepareForStatusUpdate: keepSpecAndMetadata }),
  'flowschemas.flowcontrol.apiserver.k8s.io': statusStrategy({}, counted),
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io': statusStrategy({}, counted),
  'apiservices.apiregistration.k8s.io': statusStrategy({}),
  'customresourcedefinitions.apiextensions.k8s.io': definitionStrategy,
  'validatingadmissionpolicies.admissionregistration.k8s.io': statusStrategy({}, counted),
  'validatingadmissionpolicybindings.admissionregistration.k8s.io': counted,
  'mutatingadmissionpolicies.admissionregistration.k8s.io': counted,
  'mutatingadmissionpolicybindings.admissionregistration.k8s.io': counted,
  'validatingwebhookconfigurations.admissionregistration.k8s.io': countedByContent,
  'mutatingwebhookconfigurations.admissionregistration.k8s.io': countedByContent,
};

function withName(object: AnyObject): AnyObject {
  const { uid = '', name = uid } = object.metadata;
  return { ...object, metadata: { ...object.metadata, name } };
}

const none: Strategy = {};

/** The strategy of a resource (`pods`, `deployments.apps`). */
export function strategyOf(resource: string): Strategy {
  return strategies[resource] ?? none;
}
