// A Pod that got no node: which nodes said no and why, and the field of the manifest that decides it.
import type { KubeObject, Pod, StatefulSet } from '../../api/object.ts';
import { linesOf } from '../lines.ts';
import { isObject } from '../../base/json.ts';
import { compareBytes } from '../../base/order.ts';
import { inquire } from '../../simulator/index.ts';
import type { SchedulingDecision } from '../../simulator/trace.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { attribute, finalKey, type Attribution } from '../subject.ts';
import { explain } from '../culprits/explain.ts';

export const unschedulable: Rule = {
  ids: ['unschedulable', 'scheduling-gated'],
  find: (evidence) => {
    const found = new Map<string, { finding: Finding; pods: Last[] }>();
    for (const last of lastDecisions(evidence).values()) {
      const key = finalKey(attribute(last.pod, evidence).subject);
      const known = found.get(key);
      if (known) known.pods.push(last);
      const finding = known ? undefined : findingOf(last, evidence);
      if (finding) found.set(key, { finding, pods: [last] });
    }
    const isOfSeveral = [...found.values()].some(({ finding }) => finding.subject.kind !== 'Pod');
    const placed = isOfSeveral ? placedPods(evidence) : new Map<string, string[]>();
    return [...found].map(([key, { finding, pods }]) =>
      withReplicas(finding, pods.length, placed.get(key) ?? [], evidence.final.get(key)),
    );
  },
};

interface Last {
  readonly pod: Pod;
  readonly decision: SchedulingDecision;
  readonly seq: number;
}

/** The last word of the scheduler on every Pod that is still without a node, in the order in which it first looked at them. */
function lastDecisions({ trace, final }: Evidence): Map<string, Last> {
  const decisions = new Map<string, Last>();
  for (const { seq, subject, decision } of linesOf(trace, 'decision')) {
    if (decision.type !== 'scheduling') continue;
    const pod = final.get(finalKey(subject)) as Pod | undefined;
    if (pod && !pod.spec?.nodeName) decisions.set(finalKey(subject), { pod, decision, seq });
  }
  return decisions;
}

function findingOf(last: Last, evidence: Evidence): Finding | undefined {
  const { pod, decision, seq } = last;
  const attribution = attribute(pod, evidence);
  const base = { severity: 'error', subject: attribution.subject, steps: [seq], dependsOn: 'nodes' } as const;
  if (decision.result === 'gated') return gated(last, attribution);
  if (decision.result !== 'unschedulable' && decision.result !== 'error') return undefined;
  const { path: own, says, related } = explain(pod, decision, inquire(decision), evidence);
  const path = ofClaimTemplate(own, pod, attribution.written) ?? attribution.path(own);
  return {
    ...base,
    id: 'unschedulable',
    related,
    field: { path: existing(attribution.written, path) },
    message: decision.message ?? 'unschedulable',
    explanation: says,
  };
}

/** A StatefulSet gives its Pods volumes that are not in its template. */
function ofClaimTemplate(path: string, pod: Pod, workload: KubeObject | undefined): string | undefined {
  const index = /^spec\.volumes\[(\d+)\]/.exec(path)?.[1];
  if (index === undefined || workload?.kind !== 'StatefulSet') return undefined;
  const { name } = pod.spec?.volumes?.[Number(index)] ?? {};
  const templates = (workload as StatefulSet).spec?.volumeClaimTemplates ?? [];
  const at = templates.findIndex(({ metadata }) => metadata?.name === name);
  return at < 0 ? undefined : `spec.volumeClaimTemplates[${at}]`;
}

/** A Pod that does not get into the queue: somebody holds it back, or a claim on devices is not there. */
function gated({ pod, decision, seq }: Last, { subject, path }: Attribution): Finding {
  const base = { id: 'scheduling-gated', severity: 'warning', subject, steps: [seq], related: [] } as const;
  const condition = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message;
  if (pod.spec?.schedulingGates?.length || decision.gated?.plugin !== 'DynamicResources') {
    const explanation = `The Pod waits until somebody removes its scheduling gates${gatesOf(pod)}.`;
    return {
      ...base,
      field: { path: path('spec.schedulingGates') },
      message: condition ?? 'SchedulingGated',
      explanation,
    };
  }
  const message = decision.gated.reasons.join(', ');
  const [, name] = /[Rr]esource[Cc]laim "(?:[^"/]+\/)?([^"]+)"/.exec(message) ?? [];
  const index = (pod.spec?.resourceClaims ?? []).findIndex(({ resourceClaimName }) => resourceClaimName === name);
  const isNamed = name !== undefined && index >= 0;
  return {
    ...base,
    field: { path: path(isNamed ? `spec.resourceClaims[${index}].resourceClaimName` : 'spec.resourceClaims') },
    message,
    explanation: isNamed
      ? `The Pod waits, and nothing of it is told in the cluster, until there is a ResourceClaim ${name}: create it, or correct the name.`
      : 'The Pod waits, and nothing of it is told in the cluster, until its ResourceClaims are there.',
  };
}

/** The nodes that Pods got, by what the Pods were made from. */
function placedPods(evidence: Evidence): Map<string, string[]> {
  const placed = new Map<string, string[]>();
  for (const object of evidence.final.values()) {
    const node = object.kind === 'Pod' ? (object as Pod).spec?.nodeName : undefined;
    if (!node) continue;
    const key = finalKey(attribute(object, evidence).subject);
    const nodes = placed.get(key);
    if (nodes) nodes.push(node);
    else placed.set(key, [node]);
  }
  return placed;
}

/** Of several Pods that are made from one template: how many got a node, and where they are. The finding is of the first that did not. */
function withReplicas(finding: Finding, pending: number, nodes: readonly string[], workload: unknown): Finding {
  const all = nodes.length + pending;
  // a StatefulSet makes the next Pod when the one before it is ready
  const { spec } = (isObject(workload) ? workload : {}) as { spec?: StatefulSet['spec'] };
  const later = finding.subject.kind === 'StatefulSet' ? (spec?.replicas ?? 1) - all : 0;
  const more = later > 0 ? `; ${later} more ${later === 1 ? 'is' : 'are'} made only when this one is ready` : '';
  if (all < 2 || finding.id !== 'unschedulable') return finding;
  const counts = new Map<string, number>();
  for (const node of nodes.toSorted(compareBytes)) counts.set(node, (counts.get(node) ?? 0) + 1);
  const where = [...counts].map(([node, count]) => (count > 1 ? `${count} on ${node}` : node));
  const shown = where.length > 5 ? [...where.slice(0, 5), '…'] : where;
  const fit = nodes.length
    ? `Only ${nodes.length} of ${all} Pods ${nodes.length === 1 ? 'fits' : 'fit'} (${shown.join(', ')})`
    : `None of the ${all} Pods fits`;
  return { ...finding, explanation: `${finding.explanation} ${fit}${more}.` };
}

const gatesOf = (pod: Pod) => {
  const names = pod.spec?.schedulingGates?.map(({ name }) => name) ?? [];
  return names.length ? ` (${names.join(', ')})` : '';
};

/** The path, or the nearest part of it that the manifest has; of a request that is only implied, the limit. */
function existing(object: KubeObject | undefined, wanted: string): string {
  const limit = wanted.replace(/\.resources\.requests\[/, '.resources.limits[');
  return limit !== wanted && nearestPart(object, limit) === limit && nearestPart(object, wanted) !== wanted
    ? limit
    : nearestPart(object, wanted);
}

function nearestPart(object: KubeObject | undefined, path: string): string {
  const steps = path.match(/[^.[\]]+|\[[^\]]*\]/g) ?? [];
  let value: unknown = object;
  let found = '';
  for (const step of steps) {
    const key = step.replace(/^\[|\]$/g, '');
    value = Array.isArray(value) ? (value as unknown[])[Number(key)] : isObject(value) ? value[key] : undefined;
    if (value === undefined) break;
    found += step.startsWith('[') || !found ? step : `.${step}`;
  }
  return object ? found : path;
}
