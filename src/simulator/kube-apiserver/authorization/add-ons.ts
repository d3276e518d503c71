// What the installers of the cluster's add-ons grant them, in the manner of kubeadm's CoreDNS and of Calico's manifests: as much as
// the simulated programs ask for. It is no part of the bootstrap policy.
import type { PolicyRule } from '../../../api/object.ts';
import type { PolicyBinding } from './policy.ts';

const watch = ['get', 'list', 'watch'];

export const addOnRoles: Readonly<Record<string, readonly PolicyRule[]>> = {
  'system:coredns': [
    { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
  ],
  'calico-node': [
    { apiGroups: [''], resources: ['pods', 'nodes', 'namespaces', 'services', 'endpoints'], verbs: watch },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: watch },
    { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['list', 'watch'] },
    { apiGroups: [''], resources: ['pods/status'], verbs: ['patch'] },
    { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch', 'update'] },
  ],
};

const account = (name: string) => [{ kind: 'ServiceAccount', name, namespace: 'kube-system' }];

export const addOnBindings: readonly PolicyBinding[] = [
  ['system:coredns', 'system:coredns', account('coredns')],
  ['calico-node', 'calico-node', account('calico-node')],
];
