// A Pod for which kube-scheduler makes room: other Pods, of lower priority, are evicted when it is applied.
import { linesOf } from '../lines.ts';
import { refOf, type Pod } from '../../api/object.ts';
import type { SchedulingDecision } from '../../simulator/trace.ts';
import type { Evidence, Finding, RelatedPlace, Rule } from '../finding.ts';
import { attribute, finalKey } from '../subject.ts';

export const preemption: Rule = {
  ids: ['evicts-pods'],
  find: (evidence) => [...evictionsOf(evidence).values()].map((eviction) => findingOf(eviction, evidence)),
};

interface Eviction {
  /** As it was when it was decided. */
  readonly pod: Pod;
  readonly message: string;
  /** `namespace/name` → node. */
  readonly victims: Map<string, string>;
  readonly steps: number[];
  /** How many of them no PodDisruptionBudget can spare. */
  violations: number;
}

/** By the applied object whose Pods want the room. */
function evictionsOf(evidence: Evidence): Map<string, Eviction> {
  const evictions = new Map<string, Eviction>();
  for (const entry of linesOf(evidence.trace, 'decision')) {
    if (entry.decision.type !== 'scheduling') continue;
    const pod = evidence.final.get(finalKey(entry.subject)) as Pod | undefined;
    const victims = victimsOf(entry.decision);
    if (!pod || victims.length === 0) continue;
    const { subject, written } = attribute(pod, evidence);
    if (!written) continue;
    const key = finalKey(subject);
    const { message = '' } = entry.decision;
    const eviction: Eviction = evictions.get(key) ?? { pod, message, victims: new Map(), steps: [], violations: 0 };
    for (const victim of victims) eviction.victims.set(victim, entry.decision.preemption?.node ?? '');
    eviction.steps.push(entry.seq);
    eviction.violations += chosenOf(entry.decision)?.pdbViolations ?? 0;
    evictions.set(key, eviction);
  }
  return evictions;
}

const chosenOf = ({ preemption: room }: SchedulingDecision) => room?.candidates.find(({ node }) => node === room.node);

const victimsOf = (decision: SchedulingDecision): readonly string[] => chosenOf(decision)?.victims ?? [];

function findingOf({ pod, message, victims, steps, violations }: Eviction, evidence: Evidence): Finding {
  const { subject, path } = attribute(pod, evidence);
  const names = [...victims.keys()];
  const related = names.map((key): RelatedPlace => {
    const [namespace = '', name = ''] = key.split('/');
    const ref = { ...refOf(pod), namespace, name };
    return { object: ref, path: '', note: `evicted from ${victims.get(key)}` };
  });
  const { priorityClassName, priority = 0 } = pod.spec ?? {};
  return {
    id: 'evicts-pods',
    severity: 'warning',
    subject,
    related,
    dependsOn: 'objects',
    steps,
    field: { path: path(priorityClassName ? 'spec.priorityClassName' : 'spec') },
    message,
    explanation:
      `kube-scheduler makes room: with priority ${priority} this evicts ${names.join(', ')}${violations ? ', against a PodDisruptionBudget' : ''}. ` +
      'A PriorityClass with preemptionPolicy: Never would wait instead.',
  };
}
