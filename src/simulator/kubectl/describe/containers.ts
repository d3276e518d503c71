// Containers in a description: of a Pod with their statuses, of a template without.
import { quote } from '../../../api/go-text.ts';
import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  EnvFromSource,
  EnvVar,
  Pod,
  ResourceRequirements,
} from '../../../api/object.ts';
import { compareBytes, sortedKeys } from '../../../base/order.ts';
import { longTime } from '../human-duration.ts';
import { quantityText } from '../printing/tables/cells.ts';
import { yesNo, type Description } from './description.ts';
import { fieldValue, resourceValue } from './downward-values.ts';
import { probeText } from './probe.ts';

/** `inTemplate`: one step further in, as descriptions of workloads show their Pod template. */
export interface ContainersOptions {
  readonly inTemplate?: boolean;
  /** The Pod, from which values of the environment are taken. */
  readonly pod?: Pod;
}

export function describeContainers(
  description: Description,
  title: string,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  { inTemplate = false, pod }: ContainersOptions,
): void {
  description.line(`${title}:${containers.length === 0 ? ' <none>' : ''}`, inTemplate ? 1 : 0);
  for (const container of containers) {
    const status = statuses.find(({ name }) => name === container.name);
    description.line(`${inTemplate ? ' ' : ''}${container.name}:`, 1);
    describeImage(description, container, status);
    describePorts(description, container);
    describeSeccomp(description, container);
    describeLines(description, 'Command', container.command);
    describeLines(description, 'Args', container.args);
    if (status) describeStatus(description, status);
    describeResources(description, container.resources, 2);
    describeProbes(description, container);
    describeEnvironmentSources(description, container.envFrom ?? []);
    describeEnvironment(description, container, pod);
    describeMounts(description, container);
  }
}

function describeImage(description: Description, { image = '' }: Container, status: ContainerStatus | undefined): void {
  if (status) description.field('Container ID', status.containerID ?? '', 2);
  description.field('Image', image, 2);
  if (status) description.field('Image ID', status.imageID, 2);
}

function describePorts(description: Description, { ports = [] }: Container): void {
  const one = ports.map((port) => portText(port, port.containerPort));
  const host = ports.map((port) => portText(port, port.hostPort ?? 0));
  description.field(ports.length > 1 ? 'Ports' : 'Port', one.join(', ') || '<none>', 2);
  description.field(ports.length > 1 ? 'Host Ports' : 'Host Port', host.join(', ') || '<none>', 2);
}

const portText = ({ name, protocol = 'TCP' }: ContainerPort, port: number) =>
  `${port}/${protocol}${name ? ` (${name})` : ''}`;

function describeSeccomp(description: Description, { securityContext }: Container): void {
  const profile = securityContext?.seccompProfile;
  if (!profile) return;
  description.field('SeccompProfile', profile.type, 2);
  if (profile.type === 'Localhost') description.field('LocalhostProfile', profile.localhostProfile ?? '', 3);
}

function describeLines(description: Description, title: string, words: readonly string[] = []): void {
  if (words.length === 0) return;
  description.line(`${title}:`, 2);
  for (const word of words) for (const line of word.split('\n')) description.line(line, 3);
}

function describeStatus(description: Description, status: ContainerStatus): void {
  describeState(description, 'State', status.state ?? {});
  if (status.lastState?.terminated) describeState(description, 'Last State', status.lastState);
  description.field('Ready', yesNo(status.ready), 2);
  description.field('Restart Count', status.restartCount, 2);
}

function describeState(
  description: Description,
  title: string,
  { running, waiting, terminated }: ContainerState,
): void {
  if (running) {
    description.field(title, 'Running', 2);
    description.field('Started', longTime(running.startedAt), 3);
  } else if (waiting || !terminated) {
    description.field(title, 'Waiting', 2);
    if (waiting?.reason) description.field('Reason', waiting.reason, 3);
  } else {
    description.field(title, 'Terminated', 2);
    if (terminated.reason) description.field('Reason', terminated.reason, 3);
    if (terminated.message) description.field('Message', terminated.message, 3);
    description.field('Exit Code', terminated.exitCode, 3);
    if (terminated.signal) description.field('Signal', terminated.signal, 3);
    description.field('Started', longTime(terminated.startedAt), 3);
    description.field('Finished', longTime(terminated.finishedAt), 3);
  }
}

export function describeResources(
  description: Description,
  resources: ResourceRequirements | undefined,
  level: number,
): void {
  for (const [title, list = {}] of [
    ['Limits', resources?.limits],
    ['Requests', resources?.requests],
  ] as const) {
    const names = sortedKeys(list);
    if (names.length > 0) description.line(`${title}:`, level);
    for (const name of names) description.field(name, quantityText(list[name]), level + 1);
  }
}

function describeProbes(description: Description, container: Container): void {
  for (const [title, probe] of [
    ['Liveness', container.livenessProbe],
    ['Readiness', container.readinessProbe],
    ['Startup', container.startupProbe],
  ] as const) {
    if (probe) description.field(title, probeText(probe), 2);
  }
}

function describeEnvironmentSources(description: Description, sources: readonly EnvFromSource[]): void {
  if (sources.length === 0) return;
  description.line('Environment Variables from:', 2);
  for (const { configMapRef, secretRef, prefix } of sources) {
    const source = configMapRef ?? secretRef;
    const kind = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : '';
    const withPrefix = prefix ? ` with prefix '${prefix}'` : '';
    description.line(`${source?.name ?? ''}\t${kind}${withPrefix}\tOptional: ${source?.optional ?? false}`, 3);
  }
}

function describeEnvironment(description: Description, container: Container, pod: Pod | undefined): void {
  const { env = [] } = container;
  description.line(`Environment:${env.length === 0 ? '\t<none>' : ''}`, 2);
  for (const variable of env) for (const line of variableLines(variable, container, pod)) description.line(line, 3);
}

function variableLines({ name, value = '', valueFrom }: EnvVar, container: Container, pod: Pod | undefined): string[] {
  if (!valueFrom) return value.split('\n').map((line, i) => (i === 0 ? `${name}:\t${line}` : `\t${line}`));
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) {
    const { apiVersion = 'v1', fieldPath } = fieldRef;
    return [`${name}:\t${pod ? fieldValue(pod, fieldPath) : ''} (${apiVersion}:${fieldPath})`];
  }
  if (resourceFieldRef) {
    return [`${name}:\t${resourceValue(resourceFieldRef, container)} (${resourceFieldRef.resource})`];
  }
  if (secretKeyRef) {
    const { key, name: secret = '', optional = false } = secretKeyRef;
    return [`${name}:\t<set to the key '${key}' in secret '${secret}'>\tOptional: ${optional}`];
  }
  if (!configMapKeyRef) return [];
  const { key, name: configMap = '', optional = false } = configMapKeyRef;
  return [`${name}:\t<set to the key '${key}' of config map '${configMap}'>\tOptional: ${optional}`];
}

function describeMounts(description: Description, { volumeMounts = [], volumeDevices = [] }: Container): void {
  const none = volumeMounts.length === 0 ? '\t<none>' : '';
  description.line(`Mounts:${none}`, 2);
  for (const mount of [...volumeMounts].sort((a, b) => compareBytes(a.mountPath, b.mountPath))) {
    const flags = [mount.readOnly ? 'ro' : 'rw', ...(mount.subPath ? [`path=${quote(mount.subPath)}`] : [])];
    description.line(`${mount.mountPath} from ${mount.name} (${flags.join(',')})`, 3);
  }
  if (volumeDevices.length === 0) return;
  description.line(`Devices:${none}`, 2);
  for (const device of [...volumeDevices].sort((a, b) => compareBytes(a.devicePath, b.devicePath))) {
    description.line(`${device.devicePath} from ${device.name}`, 3);
  }
}
