// HorizontalPodAutoscalers (pkg/apis/autoscaling/v1 and v2, defaults.go and v1's conversion.go, Kubernetes 1.36).
import type {
  AutoscalingHorizontalPodAutoscaler as Autoscaler,
  HorizontalPodAutoscaler as OldAutoscaler,
  HPAScalingRules,
} from '../../../api/object.ts';
import { withDefaults, withField, withFieldDefaults } from './with-defaults.ts';

const byCpu = [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
] as const;

const scaleUp: HPAScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};

const scaleDown: HPAScalingRules = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

export function defaultAutoscaler(autoscaler: Autoscaler): Autoscaler {
  return withField(autoscaler, 'spec', (given) => {
    const spec = withDefaults(given, { minReplicas: 1 });
    const measured = spec.metrics?.length ? spec : { ...spec, metrics: byCpu };
    return withField(measured, 'behavior', (behavior) =>
      withFieldDefaults(withFieldDefaults(behavior, 'scaleUp', scaleUp), 'scaleDown', scaleDown),
    );
  });
}

/** Without metrics, which autoscaling/v1 keeps in an annotation, the target is that of autoscaling/v2. */
export function defaultOldAutoscaler(autoscaler: OldAutoscaler): OldAutoscaler {
  const isMeasured = autoscaler.metadata.annotations?.['autoscaling.alpha.kubernetes.io/metrics'] !== undefined;
  return withField(autoscaler, 'spec', (spec) =>
    withDefaults(spec, { minReplicas: 1, ...(!isMeasured && { targetCPUUtilizationPercentage: 80 }) }),
  );
}
