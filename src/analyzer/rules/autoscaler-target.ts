// A HorizontalPodAutoscaler whose target is not there, or is nothing that can be scaled: its controller says so again and again.
import { refOf, type AutoscalingHorizontalPodAutoscaler } from '../../api/object.ts';
import { isBuiltinGroup, resourceOfKind, versionsOfKind } from '../../api/resources.ts';
import { groupOf } from '../custom-kinds.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { appliedKey } from '../subject.ts';
import { nearest } from '../suggest.ts';

export const autoscalerTarget: Rule = {
  ids: ['autoscaler-target'],
  find: (evidence) =>
    evidence.applied.flatMap((object) =>
      object.kind === 'HorizontalPodAutoscaler' ? (findingOf(appliedKey(object), evidence) ?? []) : [],
    ),
};

function findingOf(key: string, { final, warnings, templates, cluster }: Evidence): Finding | undefined {
  const autoscaler = final.get(key) as AutoscalingHorizontalPodAutoscaler | undefined;
  const warning = warnings.get(key)?.findLast(({ reason }) => reason === 'FailedGetScale');
  const isOver = autoscaler?.status?.conditions?.some(
    ({ type, status }) => type === 'AbleToScale' && status === 'True',
  );
  if (!autoscaler || !warning || isOver) return undefined;
  const { apiVersion = '', kind = '', name = '' } = autoscaler.spec?.scaleTargetRef ?? {};
  const common = {
    id: 'autoscaler-target',
    subject: refOf(autoscaler),
    related: [],
    message: warning.message,
    steps: [warning.seq],
  } as const;
  const found = resourceOfKind(apiVersion, kind);
  if (!found) {
    // who scales a kind of its own may have defined it
    if (!isBuiltinGroup(groupOf(apiVersion)) && versionsOfKind(kind).length === 0) return undefined;
    const field = { path: `spec.scaleTargetRef.${versionsOfKind(kind).length ? 'apiVersion' : 'kind'}` };
    const explanation = versionsOfKind(kind).length
      ? `Kubernetes 1.36 serves ${kind} as ${versionsOfKind(kind).join(', ')}: nothing is scaled.`
      : `Kubernetes 1.36 has no kind ${kind} there: nothing is scaled.`;
    return { ...common, severity: 'error', field, explanation };
  }
  if (!found.subresources.includes('scale')) {
    const explanation = `A ${kind} has no number of replicas to be changed: nothing is scaled.`;
    return { ...common, severity: 'error', field: { path: 'spec.scaleTargetRef.kind' }, explanation };
  }
  const { namespace = 'default' } = autoscaler.metadata;
  const described = templates.makers(kind, namespace);
  // what another file describes is not there in this run
  if (described.includes(name)) return undefined;
  const there = cluster.objects(found.group ? `${found.plural}.${found.group}` : found.plural);
  const meant = nearest(name, [
    ...described,
    ...there.flatMap(({ metadata }) => (metadata.namespace === namespace ? (metadata.name ?? []) : [])),
  ]);
  const advice = meant === undefined ? 'create it, or correct the name.' : `did you mean ${meant}?`;
  return {
    ...common,
    severity: 'error',
    dependsOn: 'objects',
    field: { path: 'spec.scaleTargetRef.name' },
    explanation: `There is no ${kind} ${name} in the namespace ${namespace}, so nothing is scaled: ${advice}`,
  };
}
