// `kubectl get namespaces|configmaps|secrets|resourcequotas|horizontalpodautoscalers`.
import type {
  ConfigMap,
  AutoscalingHorizontalPodAutoscaler as HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
  Namespace,
  ResourceQuota,
  Secret,
} from '../../../../api/object.ts';
import { sortedKeys } from '../../../../base/order.ts';
import { tablePrinter } from '../table.ts';
import { ageOf, nameOf, none, quantityText } from './cells.ts';

const sizeOf = (map: object | undefined) => Object.keys(map ?? {}).length;

export const namespacePrinter = tablePrinter<Namespace>(['Name', 'Status', 'Age'], (namespace, moment) => [
  nameOf(namespace),
  namespace.status?.phase ?? '',
  ageOf(namespace, moment),
]);

export const configMapPrinter = tablePrinter<ConfigMap>(['Name', 'Data', 'Age'], (configMap, moment) => [
  nameOf(configMap),
  sizeOf(configMap.data) + sizeOf(configMap.binaryData),
  ageOf(configMap, moment),
]);

export const secretPrinter = tablePrinter<Secret>(['Name', 'Type', 'Data', 'Age'], (secret, moment) => [
  nameOf(secret),
  secret.type ?? '',
  sizeOf(secret.data),
  ageOf(secret, moment),
]);

export const resourceQuotaPrinter = tablePrinter<ResourceQuota>(
  ['Name', 'Request', 'Limit', 'Age'],
  (quota, moment) => {
    const { hard = {}, used = {} } = quota.status ?? {};
    const text = (limits: boolean) =>
      sortedKeys(quota.spec?.hard ?? {})
        .filter((name) => name.startsWith('limits') === limits)
        .map((name) => `${name}: ${quantityText(used[name])}/${quantityText(hard[name])}`)
        .join(', ');
    return [nameOf(quota), text(false), text(true), ageOf(quota, moment)];
  },
);

export const horizontalPodAutoscalerPrinter = tablePrinter<HorizontalPodAutoscaler>(
  ['Name', 'Reference', 'Targets', 'MinPods', 'MaxPods', 'Replicas', 'Age'],
  (autoscaler, moment) => {
    const { spec, status } = autoscaler;
    return [
      nameOf(autoscaler),
      `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`,
      targets(spec?.metrics ?? [], status?.currentMetrics ?? []),
      spec?.minReplicas ?? '<unset>',
      spec?.maxReplicas ?? 0,
      status?.currentReplicas ?? 0,
      ageOf(autoscaler, moment),
    ];
  },
);

/** `cpu: <unknown>/50%`: two metrics at most. */
function targets(specs: readonly MetricSpec[], statuses: readonly (MetricStatus | null)[]): string {
  if (specs.length === 0) return none;
  const texts = specs.map((spec, i) => targetText(spec, statuses[i] ?? undefined));
  return texts.length > 2 ? `${texts.slice(0, 2).join(', ')} + ${texts.length - 2} more...` : texts.join(', ');
}

function targetText(spec: MetricSpec, status: MetricStatus | undefined): string {
  const source = spec.resource ?? spec.containerResource;
  const current = (status?.resource ?? status?.containerResource)?.current;
  if (source) {
    const { averageValue, averageUtilization } = source.target;
    if (averageValue !== undefined) return `${source.name}: ${current?.averageValue ?? '<unknown>'}/${averageValue}`;
    const used = current?.averageUtilization;
    const target = averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`;
    return `${source.name}: ${used === undefined ? '<unknown>' : `${used}%`}/${target}`;
  }
  const other = spec.pods ?? spec.object ?? spec.external;
  const measured = (status?.pods ?? status?.object ?? status?.external)?.current;
  const target = other?.target.averageValue;
  if (target !== undefined) {
    const suffix = spec.pods ? '' : ' (avg)';
    return `${measured?.averageValue ?? '<unknown>'}/${target}${suffix}`;
  }
  return `${measured?.value ?? '<unknown>'}/${other?.target.value ?? ''}`;
}
