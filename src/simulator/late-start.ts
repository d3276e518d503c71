// In a run of which findings are all that is asked for, programs that only deal with Pods start late in a cluster without any: right before
// something is written that they watch, or that says what they may do. They find all of it as it was when the run began, and hear of the
// write as if they had always been there. Most manifests come to neither.
import { resourceByQualifiedName } from '../api/resources.ts';
import { groupOf } from './etcd/etcd.ts';
import { registryPrefix } from './kube-apiserver/registry/keys.ts';
import { watchedResources } from './kube-scheduler/index.ts';

const policy = ['clusterroles', 'clusterrolebindings', 'roles', 'rolebindings'];

/** The groups of keys in etcd under which objects of the resources lie, and those of roles and bindings. */
function groupsOf(resources: readonly string[]): ReadonlySet<string> {
  const names = [...resources, ...policy.map((plural) => `${plural}.rbac.authorization.k8s.io`)];
  return new Set(
    names.flatMap((name) => {
      const resource = resourceByQualifiedName(name);
      return resource ? [groupOf(registryPrefix(resource))] : [];
    }),
  );
}

/** What kube-scheduler looks at. */
export const seenByScheduler = groupsOf(watchedResources);

/** What a kubelet and Calico look at before there is a Pod on a node. */
export const seenByNodes = groupsOf(['nodes', 'pods']);
