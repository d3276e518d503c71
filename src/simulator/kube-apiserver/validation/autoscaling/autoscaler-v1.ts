// HorizontalPodAutoscalers of autoscaling/v1 are looked at as those of autoscaling/v2
// (pkg/apis/autoscaling/v1/conversion.go, Kubernetes 1.36).
import type {
  AutoscalingHorizontalPodAutoscaler as Autoscaler,
  HorizontalPodAutoscaler as OldAutoscaler,
} from '../../../../api/object.ts';
import type { KindRules } from '../validation.ts';
import { autoscalerRules } from './horizontal-pod-autoscaler.ts';

const metricsOf = (averageUtilization: number) => [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } },
];

/** The object as rules know it; one that is stored as autoscaling/v2 stays as it is. */
function converted(autoscaler: OldAutoscaler | Autoscaler): Autoscaler {
  if (autoscaler.apiVersion !== 'autoscaling/v1' || !autoscaler.spec) return autoscaler as Autoscaler;
  const { targetCPUUtilizationPercentage: percentage, ...spec } = (autoscaler as OldAutoscaler).spec ?? {};
  const metrics = percentage === undefined ? {} : { metrics: metricsOf(percentage) };
  return { ...autoscaler, spec: { ...spec, ...metrics } } as Autoscaler;
}

/** What autoscaling/v1 has no fields for travels in annotations. */
const annotations = ['metrics', 'current-metrics', 'behavior', 'conditions'].map(
  (name) => `autoscaling.alpha.kubernetes.io/${name}`,
);

export const oldAutoscalerRules: KindRules<OldAutoscaler> = {
  create(autoscaler, errors) {
    autoscalerRules.create(converted(autoscaler), errors);
  },
  update(autoscaler, old, errors) {
    autoscalerRules.update?.(converted(autoscaler), converted(old), errors);
  },
  unmodelled: [
    {
      pattern: 'metadata.annotations[*]',
      reason: 'what annotations of an autoscaling/v1 HorizontalPodAutoscaler stand for is not modelled',
      applies: (_value, key) => annotations.includes(key),
    },
  ],
};
