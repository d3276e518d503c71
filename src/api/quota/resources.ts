// Which objects an entry of a ResourceQuota is about (pkg/quota/v1/evaluator/core, Kubernetes 1.36).
import { qualifiedName, type ApiResource } from '../resources.ts';

const compute = /^(cpu|memory|ephemeral-storage|hugepages-.*|pods|(requests|limits)\.(?!storage$).*)$/;
const storage = /^(persistentvolumeclaims|requests\.storage|.*\.storageclass\.storage\.k8s\.io\/.*)$/;
/** Events come and go too often to be counted (pkg/quota/v1/install). */
const uncounted = ['events', 'events.events.k8s.io'];
const countedByName = ['configmaps', 'secrets', 'replicationcontrollers', 'resourcequotas'];

/** Whether creating an object of the resource counts against the quota's entry `name` (`pods`, `requests.cpu`, `count/jobs.batch`). */
export function countsAgainst(name: string, resource: ApiResource): boolean {
  const own = qualifiedName(resource);
  if (uncounted.includes(own)) return false;
  if (name === `count/${own}`) return true;
  if (own === 'pods') return compute.test(name);
  if (own === 'persistentvolumeclaims') return storage.test(name);
  if (own === 'services') return name === 'services' || name.startsWith('services.');
  return countedByName.includes(own) && name === own;
}
