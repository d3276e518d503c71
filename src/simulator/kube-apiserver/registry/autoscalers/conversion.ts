// Autoscalers of autoscaling/v1 are stored as those of autoscaling/v2 (pkg/apis/autoscaling/v1/conversion.go, Kubernetes 1.36). What the
// older version has no fields for it keeps in annotations: these are left out, and what they stand for stays as it was.
import { nilList } from '../../../../api/decoding/go-value.ts';
import type {
  AutoscalingHorizontalPodAutoscaler as Autoscaler,
  HorizontalPodAutoscaler as OldAutoscaler,
  KubeObject,
  MetricSpec,
} from '../../../../api/object.ts';

const isOfCpu = ({ type, resource }: MetricSpec) =>
  type === 'Resource' && resource?.name === 'cpu' && resource.target.averageUtilization !== undefined;

const ofCpu = (averageUtilization: number): MetricSpec => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

function toStored({ spec, status, ...object }: OldAutoscaler, previous?: Autoscaler): Autoscaler {
  const { targetCPUUtilizationPercentage: target, ...rest } = spec ?? {
    scaleTargetRef: { kind: '', name: '' },
    maxReplicas: 0,
  };
  const { metrics = [], behavior } = previous?.spec ?? {};
  const others = metrics.filter((metric) => !isOfCpu(metric));
  const measured = target === undefined ? others : [...others, ofCpu(target)];
  return {
    ...object,
    apiVersion: 'autoscaling/v2',
    spec: { ...rest, metrics: measured, ...(behavior && { behavior }) },
    status: previous?.status ?? { desiredReplicas: status?.desiredReplicas ?? 0, currentMetrics: nilList },
  };
}

function fromStored({ spec, status, ...object }: Autoscaler): OldAutoscaler {
  const { metrics = [], behavior: _, ...rest } = spec ?? { scaleTargetRef: { kind: '', name: '' }, maxReplicas: 0 };
  const target = metrics.find(isOfCpu)?.resource?.target.averageUtilization;
  const { observedGeneration, lastScaleTime, currentReplicas = 0, desiredReplicas = 0 } = status ?? {};
  return {
    ...object,
    apiVersion: 'autoscaling/v1',
    spec: { ...rest, ...(target !== undefined && { targetCPUUtilizationPercentage: target }) },
    status: {
      ...(observedGeneration !== undefined && { observedGeneration }),
      ...(lastScaleTime && { lastScaleTime }),
      currentReplicas,
      desiredReplicas,
    },
  };
}

export const autoscalerConversion = {
  toStored: (object: KubeObject, previous?: KubeObject): KubeObject =>
    toStored(object as OldAutoscaler, previous as Autoscaler | undefined),
  fromStored: (object: KubeObject): KubeObject => fromStored(object as Autoscaler),
};
