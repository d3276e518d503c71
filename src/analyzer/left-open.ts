// What is missing only because the cluster was given without objects of its kind: whether it is there is unknown, and with it the verdict.
import { omittedReason } from '../simulator/trace.ts';
import type { Evidence, Finding } from './finding.ts';

/** By the sentence that says that one is missing: its resource and kind. */
const missing: readonly (readonly [says: RegExp, resource: string, kind: string])[] = [
  [/persistentvolumeclaim "([^"]+)" not found/, 'persistentvolumeclaims', 'PersistentVolumeClaim'],
  [/error looking up service account [^/\s]+\/([^:\s]+):/, 'serviceaccounts', 'ServiceAccount'],
  [/no PriorityClass with name (\S+) was found/, 'priorityclasses.scheduling.k8s.io', 'PriorityClass'],
  [/RuntimeClass "([^"]+)" not found/, 'runtimeclasses.node.k8s.io', 'RuntimeClass'],
  [/namespaces "([^"]+)" not found/, 'namespaces', 'Namespace'],
];

/** The finding, or that it is open. */
export function orLeftOpen(finding: Finding, { mayOmit }: Evidence['cluster']): Finding {
  for (const [says, resource, kind] of missing) {
    const name = says.exec(finding.message)?.[1];
    if (name === undefined || !mayOmit(resource)) continue;
    return {
      ...finding,
      id: 'unknown',
      severity: 'info',
      related: [],
      message: omittedReason(kind, name),
      explanation: 'From here on the verdict is unknown.',
    };
  }
  return finding;
}
