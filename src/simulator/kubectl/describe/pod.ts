// `kubectl describe pod` (describePod in k8s.io/kubectl/pkg/describe/describe.go).
import { isTerminalPhase } from '../../../api/pod-phase.ts';
import type { Pod, PodSpec, Toleration, TopologySpreadConstraint } from '../../../api/object.ts';
import { formatLabelSelector } from '../../../api/label-selector.ts';
import { compareBytes } from '../../../base/order.ts';
import { longTime } from '../human-duration.ts';
import type { Moment } from '../printing/table.ts';
import { describeContainers, describeResources } from './containers.ts';
import { describer, statusText, writeController, writeLabels, writeName } from './describer.ts';
import type { Description } from './description.ts';
import { describeVolumes } from './volumes.ts';

export const podDescriber = describer<Pod>({
  events: 'of pod',
  write(description, pod, _, moment) {
    writeName(description, pod);
    describePlace(description, pod);
    writeLabels(description, pod);
    describePhase(description, pod, moment);
    describeAddresses(description, pod);
    writeController(description, pod);
    if (pod.status?.nominatedNodeName) description.field('NominatedNodeName', pod.status.nominatedNodeName);
    if (pod.spec?.resources) {
      description.line('Resources:');
      describeResources(description, pod.spec.resources, 1);
    }
    describeAllContainers(description, pod);
    describeConditions(description, pod);
    describeVolumes(description, pod.spec?.volumes);
    description.field('QoS Class', pod.status?.qosClass ?? '');
    description.labels('Node-Selectors', pod.spec?.nodeSelector);
    describeTolerations(description, pod.spec?.tolerations);
    describeSpread(description, pod.spec?.topologySpreadConstraints);
  },
});

function describePlace(description: Description, { spec, status }: Pod): void {
  if (spec?.priority !== undefined) description.field('Priority', spec.priority);
  if (spec?.priorityClassName) description.field('Priority Class Name', spec.priorityClassName);
  if (spec?.runtimeClassName) description.field('Runtime Class Name', spec.runtimeClassName);
  if (spec?.serviceAccountName) description.field('Service Account', spec.serviceAccountName);
  description.field('Node', spec?.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>');
  if (status?.startTime) description.field('Start Time', longTime(status.startTime));
}

function describePhase(description: Description, pod: Pod, moment: Moment): void {
  const { metadata, spec, status } = pod;
  const ended = isTerminalPhase(status?.phase);
  description.field('Status', ended ? (status?.phase ?? '') : statusText(pod, status?.phase, moment));
  if (metadata.deletionTimestamp && !ended) {
    description.field('Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  }
  if (status?.reason) description.field('Reason', status.reason);
  if (status?.message) description.field('Message', status.message);
  const profile = spec?.securityContext?.seccompProfile;
  if (!profile) return;
  description.field('SeccompProfile', profile.type);
  if (profile.type === 'Localhost') description.field('LocalhostProfile', profile.localhostProfile ?? '');
}

function describeAddresses(description: Description, { status }: Pod): void {
  description.field('IP', status?.podIP ?? '');
  const addresses = status?.podIPs ?? [];
  if (addresses.length === 0) description.field('IPs', '<none>');
  else description.line('IPs:');
  for (const { ip } of addresses) description.field('IP', ip, 1);
}

function describeAllContainers(description: Description, pod: Pod): void {
  const { spec, status } = pod;
  const { initContainers = [], containers = [], ephemeralContainers = [] }: Partial<PodSpec> = spec ?? {};
  const options = { pod };
  if (initContainers.length > 0) {
    describeContainers(description, 'Init Containers', initContainers, status?.initContainerStatuses ?? [], options);
  }
  describeContainers(description, 'Containers', containers, status?.containerStatuses ?? [], options);
  if (ephemeralContainers.length > 0) {
    const statuses = status?.ephemeralContainerStatuses ?? [];
    describeContainers(description, 'Ephemeral Containers', ephemeralContainers, statuses, options);
  }
}

function describeConditions(description: Description, { spec, status }: Pod): void {
  const conditions = status?.conditions ?? [];
  const gates = spec?.readinessGates ?? [];
  if (gates.length > 0) {
    description.line('Readiness Gates:');
    description.line('Type\tStatus', 1);
    for (const { conditionType } of gates) {
      const found = conditions.find(({ type }) => type === conditionType);
      description.line(`${conditionType} \t${found?.status ?? '<none>'} `, 1);
    }
  }
  if (conditions.length === 0) return;
  description.line('Conditions:');
  description.line('Type\tStatus', 1);
  for (const { type, status: value } of conditions) description.line(`${type} \t${value} `, 1);
}

export function describeTolerations(
  description: Description,
  tolerations: readonly Toleration[] = [],
  level = 0,
): void {
  const sorted = [...tolerations].sort((a, b) => compareBytes(a.key ?? '', b.key ?? ''));
  description.fields('Tolerations', sorted.map(tolerationText), level);
}

/** `key=value:NoSchedule for 300s`. */
function tolerationText({ key = '', value = '', effect, operator, tolerationSeconds }: Toleration): string {
  const subject = `${key}${value && `=${value}`}${effect ? `:${effect}` : ''}`;
  const exists = operator === 'Exists' && !value ? `${subject && ' '}op=Exists` : '';
  return `${subject}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`;
}

export function describeSpread(
  description: Description,
  constraints: readonly TopologySpreadConstraint[] = [],
  level = 0,
): void {
  if (constraints.length === 0) return;
  const sorted = [...constraints].sort((a, b) => compareBytes(a.topologyKey, b.topologyKey));
  const texts = sorted.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
    const selected = labelSelector ? ` for selector ${formatLabelSelector(labelSelector)}` : '';
    return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selected}`;
  });
  description.fields('Topology Spread Constraints', texts, level);
}
