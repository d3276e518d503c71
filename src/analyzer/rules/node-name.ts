// A Pod that names its node itself goes past the scheduler: the node may not be there, or its kubelet may refuse the Pod.
import { linesOf } from '../lines.ts';
import type { Pod } from '../../api/object.ts';
import { nearest } from '../suggest.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { attribute, finalKey } from '../subject.ts';

export const nodeName: Rule = {
  ids: ['node-missing', 'node-refuses'],
  find: (evidence) => [...missing(evidence), ...refusals(evidence)],
};

function missing(evidence: Evidence): Finding[] {
  const names = evidence.nodes.map(({ metadata }) => metadata.name ?? '');
  return [...evidence.final.values()].flatMap((object) => {
    const name = object.kind === 'Pod' ? (object as Pod).spec?.nodeName : undefined;
    if (!name || names.includes(name)) return [];
    const { subject, path } = attribute(object, evidence);
    const meant = nearest(name, names);
    const finding: Finding = {
      id: 'node-missing',
      severity: 'error',
      subject,
      related: [],
      dependsOn: 'nodes',
      field: { path: path('spec.nodeName') },
      message: `nodes "${name}" not found`,
      explanation: `No node is called ${name}, so no kubelet runs the Pod: ${meant ? `did you mean ${meant}?` : 'leave nodeName out, and the scheduler finds one.'}`,
      steps: linesOf(evidence.trace, 'store')
        .filter((entry) => entry.object === object)
        .map(({ seq }) => seq),
    };
    return [finding];
  });
}

function refusals(evidence: Evidence): Finding[] {
  return linesOf(evidence.trace, 'decision').flatMap((entry) => {
    if (entry.decision.type !== 'kubelet-admission' || entry.decision.allowed) return [];
    const pod = evidence.final.get(finalKey(entry.subject));
    if (!pod) return [];
    const { subject, path } = attribute(pod, evidence);
    const { reason = '', message = '' } = entry.decision;
    const node = (pod as Pod).spec?.nodeName ?? '';
    const finding: Finding = {
      id: 'node-refuses',
      severity: 'error',
      subject,
      related: [],
      dependsOn: 'nodes',
      field: { path: path('spec.nodeName') },
      message: `${reason}: ${message}`,
      explanation: `The kubelet of ${node} refuses the Pod: leave nodeName out, and the scheduler looks for a node that takes it.`,
      steps: [entry.seq],
    };
    return [finding];
  });
}
