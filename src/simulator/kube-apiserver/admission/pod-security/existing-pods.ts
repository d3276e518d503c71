// Which Pods of a namespace do not keep to a level that is newly enforced: they stay, and it is warned of them
// (k8s.io/pod-security-admission/admission EvaluatePodsInNamespace, Kubernetes 1.36).
import type { Pod } from '../../../../api/object.ts';
import { compareBytes } from '../../../../base/order.ts';
import type { ClusterReader } from '../../registry/reader.ts';
import { reasonText, violationsOf } from './evaluate.ts';
import { levelVersionText, type LevelVersion } from './policy.ts';

/** So many are looked at (defaultNamespaceMaxPodsToCheck). */
const mostPods = 3000;

/** One Pod of every controller comes first, so that those that are looked at differ. */
function prioritized(pods: readonly Pod[]): Pod[] {
  const seen = new Set<string>();
  const [first, more]: [Pod[], Pod[]] = [[], []];
  for (const pod of pods) {
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller)?.uid;
    (owner !== undefined && seen.has(owner) ? more : first).push(pod);
    if (owner !== undefined) seen.add(owner);
  }
  return [...first, ...more];
}

function others(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' (and 1 other pod)' : ` (and ${count} other pods)`;
}

export function existingPodWarnings(namespace: string, enforce: LevelVersion, reader: ClusterReader): string[] {
  const pods = prioritized(reader.list<Pod>('pods', namespace));
  const names = new Map<string, string[]>();
  for (const pod of pods.slice(0, mostPods)) {
    if (!pod.spec) continue;
    const reason = reasonText(violationsOf({ metadata: pod.metadata, spec: pod.spec }, enforce));
    if (!reason) continue;
    const found = names.get(reason);
    if (found) found.push(pod.metadata.name ?? '');
    else names.set(reason, [pod.metadata.name ?? '']);
  }
  const warnings: string[] = [];
  if (pods.length > mostPods) {
    const checked = `only checked against the first ${mostPods} of ${pods.length} existing pods`;
    warnings.push(`new PodSecurity enforce level ${checked}`);
  }
  if (names.size > 0) {
    const level = levelVersionText(enforce);
    warnings.push(`existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${level}"`);
  }
  const lines = [...names].map(([reason, [first = '', ...more]]) => {
    const least = more.reduce((a, b) => (compareBytes(b, a) < 0 ? b : a), first);
    return `${least}${others(more.length)}: ${reason}`;
  });
  return [...warnings, ...lines.sort(compareBytes)];
}
