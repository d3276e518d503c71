// Who makes a request: the users and groups that the certificates and tokens of a kubeadm cluster stand for.
import { remembering } from '../../base/remembering.ts';
import { programOf, type Participant } from '../trace.ts';
import type { User } from './request.ts';

const authenticated = 'system:authenticated';
const controllerNamespace = 'kube-system';

const accountGroups = (namespace: string) => ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];

function serviceAccount(name: string): User {
  return {
    name: `system:serviceaccount:${controllerNamespace}:${name}`,
    groups: [...accountGroups(controllerNamespace), authenticated],
  };
}

/** The administrator's kubeconfig, with a token: certificates have no uid. */
const administrator: User = {
  name: 'kubernetes-admin',
  uid: 'kubernetes-admin',
  groups: ['system:masters', authenticated],
};

const components: ReadonlySet<string> = new Set([
  'kube-apiserver',
  'kube-scheduler',
  'kube-controller-manager',
  'kubelet',
  'kube-proxy',
  'coredns',
  'calico',
]);

/** The user a participant authenticates as; each controller has a service account of its own. */
export const userOf = remembering(1000, (participant: Participant): User => {
  const slash = participant.indexOf('/');
  const program = slash < 0 ? participant : participant.slice(0, slash);
  const instance = slash < 0 ? '' : participant.slice(slash + 1);
  switch (program) {
    case 'kube-apiserver':
      return { name: 'system:apiserver', groups: ['system:masters', authenticated] };
    case 'kube-scheduler':
      return { name: 'system:kube-scheduler', groups: [authenticated] };
    case 'kube-controller-manager':
      return instance ? serviceAccount(instance) : { name: 'system:kube-controller-manager', groups: [authenticated] };
    case 'kubelet':
      return { name: `system:node:${instance}`, groups: ['system:nodes', authenticated] };
    case 'kube-proxy':
      return { name: 'system:kube-proxy', groups: [authenticated] };
    case 'coredns':
      return serviceAccount('coredns');
    case 'calico':
      return serviceAccount('calico-node');
    default:
      return administrator;
  }
});

/** Who is meant by impersonation headers: a service account is in its groups unless others are given (k8s.io/apiserver, filters/impersonation). */
export function impersonated(name: string, groups: readonly string[]): User {
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(name) ?? [];
  const own = groups.length === 0 && namespace !== undefined ? accountGroups(namespace) : groups;
  const everyones = name === 'system:anonymous' ? 'system:unauthenticated' : authenticated;
  return { name, groups: own.includes(everyones) ? own : [...own, everyones] };
}

/** Whether a participant is a program of the control plane or of a node, whose requests come from code of ours. */
export const isComponent = remembering(1000, (participant: Participant) => components.has(programOf(participant)));
