// A Pod that asks for a scheduler by name: kube-scheduler leaves it alone, without a word, unless a profile of its configuration
// bears that name.
import { linesOf } from '../lines.ts';
import { refOf, type KubeObject, type Pod } from '../../api/object.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { attribute, finalKey } from '../subject.ts';
import { nearest } from '../suggest.ts';

const defaultScheduler = 'default-scheduler';

export const schedulerMissing: Rule = {
  ids: ['scheduler-missing'],
  find(evidence) {
    const decided = new Set(
      linesOf(evidence.trace, 'decision')
        .filter(({ decision }) => decision.type === 'scheduling')
        .map(({ subject }) => finalKey(subject)),
    );
    return [...evidence.final.values()].flatMap((object) =>
      object.kind !== 'Pod' || decided.has(finalKey(refOf(object))) ? [] : findingsOf(object as Pod, evidence),
    );
  },
};

const isSame = (a: KubeObject, b: KubeObject) => finalKey(refOf(a)) === finalKey(refOf(b));

function findingsOf(pod: Pod, evidence: Evidence): Finding[] {
  const { schedulerName = defaultScheduler, nodeName } = pod.spec ?? {};
  const { subject, written, path } = attribute(pod, evidence);
  if (nodeName || schedulerName === defaultScheduler || !written) return [];
  const meant = nearest(schedulerName, [defaultScheduler]);
  const finding: Finding = {
    id: 'scheduler-missing',
    severity: 'warning',
    subject,
    related: [],
    dependsOn: 'objects',
    field: { path: path('spec.schedulerName') },
    message: `no profile of kube-scheduler is called "${schedulerName}"`,
    explanation: `The Pod stays Pending, and no Event says why: kube-scheduler leaves it to another scheduler. ${
      meant
        ? `Did you mean ${meant}?`
        : `Leave schedulerName out, or give kube-scheduler a profile of that name (KubeSchedulerConfiguration).`
    }`,
    steps: linesOf(evidence.trace, 'store')
      .filter((entry) => entry.change === 'ADDED' && isSame(entry.object, pod))
      .map(({ seq }) => seq),
  };
  return [finding];
}
