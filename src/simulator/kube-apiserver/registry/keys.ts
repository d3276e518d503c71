// Where objects lie in etcd. The layout is older than many of the names, so some resources lie under another one
// (the storage prefixes of pkg/registry/*/rest/storage_*.go, Kubernetes 1.36).
import { qualifiedName, type ApiResource } from '../../../api/resources.ts';

const exceptions: Readonly<Record<string, string>> = {
  nodes: 'minions',
  services: 'services/specs',
  endpoints: 'services/endpoints',
  replicationcontrollers: 'controllers',
  'events.events.k8s.io': 'events',
  'ingresses.networking.k8s.io': 'ingress',
  'customresourcedefinitions.apiextensions.k8s.io': 'apiextensions.k8s.io/customresourcedefinitions',
  'apiservices.apiregistration.k8s.io': 'apiregistration.k8s.io/apiservices',
};

/** `/registry/example.com/widgets/`: the same for a resource that a CustomResourceDefinition makes known. */
export const customPrefix = ({ group, plural }: ApiResource) => `/registry/${group}/${plural}/`;

/** `/registry/pods/`: what the keys of all objects of a resource begin with. */
export function registryPrefix(resource: ApiResource): string {
  return `/registry/${exceptions[qualifiedName(resource)] ?? resource.plural}/`;
}
