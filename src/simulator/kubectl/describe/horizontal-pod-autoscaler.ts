// `kubectl describe horizontalpodautoscaler`.
import type {
  AutoscalingHorizontalPodAutoscaler as HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
  MetricStatus,
} from '../../../api/object.ts';
import { longTime } from '../human-duration.ts';
import { quantityText } from '../printing/tables/cells.ts';
import { describer, writeLabels, writeName } from './describer.ts';
import type { Description } from './description.ts';

const unknown = '<unknown>';

export const horizontalPodAutoscalerDescriber = describer<HorizontalPodAutoscaler>({
  write(description, autoscaler) {
    const { metadata, spec, status } = autoscaler;
    const target = spec?.scaleTargetRef;
    writeName(description, autoscaler);
    writeLabels(description, autoscaler);
    description.field('CreationTimestamp', longTime(metadata.creationTimestamp));
    description.field('Reference', `${target?.kind}/${target?.name}`);
    description.field('Metrics', '( current / target )');
    for (const [i, metric] of (spec?.metrics ?? []).entries()) {
      description.line(metricText(metric, status?.currentMetrics?.[i] ?? undefined), 1);
    }
    description.field('Min replicas', spec?.minReplicas ?? '<unset>');
    description.field('Max replicas', spec?.maxReplicas ?? 0);
    if (spec?.behavior) {
      description.line('Behavior:');
      describeRules(description, 'Scale Up', spec.behavior.scaleUp);
      describeRules(description, 'Scale Down', spec.behavior.scaleDown);
    }
    const counts = `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`;
    description.field(`${target?.kind} pods`, counts);
    const conditions = status?.conditions ?? [];
    if (conditions.length === 0) return;
    description.line('Conditions:');
    const rows = conditions.map((c) => [c.type, c.status, c.reason ?? '', c.message ?? '']);
    description.table(['Type', 'Status', 'Reason', 'Message'], rows);
  },
});

const amount = (value: string | number | undefined) => (value === undefined ? unknown : quantityText(value));

function metricText(spec: MetricSpec, status: MetricStatus | undefined): string {
  const { resource, containerResource, pods, object, external } = spec;
  const source = resource ?? containerResource;
  if (source) {
    const current = (status?.resource ?? status?.containerResource)?.current;
    const of = containerResource ? ` of container "${containerResource.container}"` : '';
    const title = `resource ${source.name}${of} on pods`;
    const { averageValue, averageUtilization } = source.target;
    if (averageValue !== undefined) return `${title}:\t${amount(current?.averageValue)} / ${amount(averageValue)}`;
    const used = current?.averageUtilization;
    const usedText = used === undefined ? unknown : `${used}% (${amount(current?.averageValue)})`;
    const wanted = averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`;
    // kubectl indents in the middle of the line.
    return `${title}  (as a percentage of request):\t${usedText} / ${wanted}`;
  }
  const current = (status?.pods ?? status?.object ?? status?.external)?.current;
  if (pods) {
    return `"${pods.metric.name}" on pods:\t${amount(current?.averageValue)} / ${amount(pods.target.averageValue)}`;
  }
  const other = object ?? external;
  if (!other) return `<unknown metric type "${spec.type}">`;
  const on = object ? ` on ${object.describedObject.kind}/${object.describedObject.name}` : '';
  const average = other.target.averageValue !== undefined;
  const [now, wanted] = average
    ? [current?.averageValue, other.target.averageValue]
    : [current?.value, other.target.value];
  return `"${other.metric.name}"${on} (target ${average ? 'average ' : ''}value):\t${amount(now)} / ${amount(wanted)}`;
}

function describeRules(description: Description, direction: string, rules: HPAScalingRules | undefined): void {
  if (!rules) return;
  const { stabilizationWindowSeconds, selectPolicy = 'Max', policies = [] } = rules;
  description.line(`${direction}:`, 1);
  if (stabilizationWindowSeconds !== undefined) {
    description.line(`Stabilization Window: ${stabilizationWindowSeconds} seconds`, 2);
  }
  if (policies.length === 0) return;
  description.line(`Select Policy: ${selectPolicy}`, 2);
  description.line('Policies:', 2);
  for (const { type, value, periodSeconds } of policies) {
    description.line(`- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds`, 3);
  }
}
