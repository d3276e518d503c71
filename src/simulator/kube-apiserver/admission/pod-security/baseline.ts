// The checks of the baseline profile: what is known to break out of a container (k8s.io/pod-security-admission/policy, Kubernetes 1.36).
import type { Container } from '../../../../api/object.ts';
import { quote } from '../../../../api/go-text.ts';
import { compareBytes } from '../../../../base/order.ts';
import {
  containersOf,
  distinct,
  inUserNamespace,
  joinQuoted,
  named,
  namesOf,
  plural,
  setters,
  type Check,
  type PodLike,
  type Violation,
} from './check.ts';
import { forbiddenSeccompProfile } from './seccomp.ts';

function appArmorProfile({ metadata, spec }: PodLike): Violation | undefined {
  const isBad = (type: string | undefined) => type !== 'RuntimeDefault' && type !== 'Localhost';
  const whole = spec.securityContext?.appArmorProfile;
  const bad = containersOf(spec).filter(({ securityContext }) => {
    const profile = securityContext?.appArmorProfile;
    return profile && isBad(profile.type);
  });
  const podIsBad = whole !== undefined && isBad(whole.type);
  const types = bad.map(({ securityContext }) => securityContext?.appArmorProfile?.type ?? '');
  if (podIsBad) types.push(whole.type);
  const annotations = Object.entries(metadata?.annotations ?? {})
    .filter(([key]) => key.startsWith('container.apparmor.security.beta.kubernetes.io/'))
    .filter(([, value]) => value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/'))
    .map(([key, value]) => `${key}=${quote(value)}`)
    .sort(compareBytes);
  const who = [
    setters(podIsBad, namesOf(bad)),
    annotations.length ? plural(annotations.length, 'annotation', 'annotations') : '',
  ];
  const values = [...distinct(types), ...annotations];
  if (values.length === 0) return undefined;
  return {
    reason: plural(values.length, 'forbidden AppArmor profile', 'forbidden AppArmor profiles'),
    detail: `${who.filter(Boolean).join(' and ')} must not set AppArmor profile type to ${joinQuoted(values)}`,
  };
}

const defaultCapabilities = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
];

function capabilities({ spec }: PodLike): Violation | undefined {
  const foreign = ({ securityContext }: Container) =>
    (securityContext?.capabilities?.add ?? []).filter((name) => !defaultCapabilities.includes(name));
  const bad = containersOf(spec).filter((container) => foreign(container).length > 0);
  if (bad.length === 0) return undefined;
  const added = joinQuoted(distinct(bad.flatMap(foreign)));
  return {
    reason: 'non-default capabilities',
    detail: `${named(namesOf(bad))} must not include ${added} in securityContext.capabilities.add`,
  };
}

function hostNamespaces({ spec }: PodLike): Violation | undefined {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field]);
  if (shared.length === 0) return undefined;
  return { reason: 'host namespaces', detail: shared.map((field) => `${field}=true`).join(', ') };
}

function hostPathVolumes({ spec }: PodLike): Violation | undefined {
  const names = (spec.volumes ?? []).filter(({ hostPath }) => hostPath).map(({ name }) => name);
  if (names.length === 0) return undefined;
  return { reason: 'hostPath volumes', detail: `${plural(names.length, 'volume', 'volumes')} ${joinQuoted(names)}` };
}

/** `container "a" uses hostPort 80`: containers, and what they use that they should not. */
function uses(names: readonly string[], what: [one: string, many: string], used: readonly string[], list: string) {
  return `${named(names)} ${plural(names.length, 'uses', 'use')} ${plural(used.length, ...what)} ${list}`;
}

function hostPorts({ spec }: PodLike): Violation | undefined {
  const taken = ({ ports }: Container) => (ports ?? []).flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
  const bad = containersOf(spec).filter((container) => taken(container).length > 0);
  if (bad.length === 0) return undefined;
  const ports = distinct(bad.flatMap(taken));
  return { reason: 'hostPort', detail: uses(namesOf(bad), ['hostPort', 'hostPorts'], ports, ports.join(', ')) };
}

function hostProbesAndHostLifecycle({ spec }: PodLike): Violation | undefined {
  const hosts = ({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container) =>
    [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop]
      .flatMap((handler) => [handler?.httpGet?.host, handler?.tcpSocket?.host])
      .filter((host) => host !== undefined)
      .filter((host) => host !== '');
  const bad = containersOf(spec).filter((container) => hosts(container).length > 0);
  if (bad.length === 0) return undefined;
  const asked = distinct(bad.flatMap(hosts));
  const what: [string, string] = ['probe or lifecycle host', 'probe or lifecycle hosts'];
  return { reason: what[0], detail: uses(distinct(namesOf(bad)), what, asked, joinQuoted(asked)) };
}

function privileged({ spec }: PodLike): Violation | undefined {
  const bad = containersOf(spec).filter(({ securityContext }) => securityContext?.privileged);
  if (bad.length === 0) return undefined;
  return { reason: 'privileged', detail: `${named(namesOf(bad))} must not set securityContext.privileged=true` };
}

export function procMount({ spec }: PodLike): Violation | undefined {
  const mount = ({ securityContext }: Container) => securityContext?.procMount;
  const bad = containersOf(spec).filter((container) => (mount(container) ?? 'Default') !== 'Default');
  if (bad.length === 0) return undefined;
  const types = joinQuoted(distinct(bad.map((container) => mount(container) ?? '')));
  return { reason: 'procMount', detail: `${named(namesOf(bad))} must not set securityContext.procMount to ${types}` };
}

const selinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

function seLinuxOptions({ spec }: PodLike, minor: number): Violation | undefined {
  const allowed = minor >= 31 ? [...selinuxTypes, 'container_engine_t'] : selinuxTypes;
  const whole = spec.securityContext?.seLinuxOptions;
  type Options = NonNullable<typeof whole>;
  const isBad = ({ type = '', user, role }: Options) => !allowed.includes(type) || Boolean(user) || Boolean(role);
  const bad = containersOf(spec).filter(({ securityContext }) => {
    const options = securityContext?.seLinuxOptions;
    return options && isBad(options);
  });
  const podIsBad = whole !== undefined && isBad(whole);
  if (!podIsBad && bad.length === 0) return undefined;
  const set = [
    ...(podIsBad ? [whole] : []),
    ...bad.flatMap((container) => container.securityContext?.seLinuxOptions ?? []),
  ];
  const types = distinct(set.map(({ type = '' }) => type).filter((type) => !allowed.includes(type)));
  const data = [
    types.length > 0 && `${plural(types.length, 'type', 'types')} ${joinQuoted(types)}`,
    set.some(({ user }) => user) && 'user may not be set',
    set.some(({ role }) => role) && 'role may not be set',
  ];
  const who = setters(podIsBad, namesOf(bad));
  return {
    reason: 'seLinuxOptions',
    detail: `${who} set forbidden securityContext.seLinuxOptions: ${data.filter(Boolean).join('; ')}`,
  };
}

/** Before 1.19 the profile stood in annotations. */
function seccompAnnotations({ metadata, spec }: PodLike): Violation | undefined {
  const keys = containersOf(spec).map(({ name }) => `container.seccomp.security.alpha.kubernetes.io/${name}`);
  const forbidden = ['seccomp.security.alpha.kubernetes.io/pod', ...keys].flatMap((key) => {
    const value = metadata?.annotations?.[key];
    const allowed = value === undefined || /^(runtime\/default$|docker\/default$|localhost\/)/.test(value);
    return allowed ? [] : [`${key}=${quote(value)}`];
  });
  if (forbidden.length === 0) return undefined;
  const list = distinct(forbidden);
  const what = plural(list.length, 'annotation', 'annotations');
  return { reason: 'seccompProfile', detail: `forbidden ${what} ${list.join(', ')}` };
}

function seccompProfile(pod: PodLike, minor: number): Violation | undefined {
  return minor < 19 ? seccompAnnotations(pod) : forbiddenSeccompProfile(pod.spec);
}

/** Sysctls that are safe, and since when they count as such. */
const safeSysctls: Readonly<Record<string, number>> = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
};

function sysctls({ spec }: PodLike, minor: number): Violation | undefined {
  const isSafe = (name: string) => Object.hasOwn(safeSysctls, name) && minor >= (safeSysctls[name] ?? 0);
  const names = (spec.securityContext?.sysctls ?? []).map(({ name }) => name).filter((name) => !isSafe(name));
  return names.length > 0 ? { reason: 'forbidden sysctls', detail: names.join(', ') } : undefined;
}

function windowsHostProcess({ spec }: PodLike): Violation | undefined {
  const bad = containersOf(spec).filter(({ securityContext }) => securityContext?.windowsOptions?.hostProcess);
  const podIsBad = spec.securityContext?.windowsOptions?.hostProcess === true;
  if (!podIsBad && bad.length === 0) return undefined;
  const who = setters(podIsBad, namesOf(bad));
  return { reason: 'hostProcess', detail: `${who} must not set securityContext.windowsOptions.hostProcess=true` };
}

/** In the order of their names, which is that of the messages. */
export const baselineChecks: readonly Check[] = [
  { id: 'appArmorProfile', since: 0, violation: appArmorProfile },
  { id: 'capabilities_baseline', since: 0, violation: capabilities },
  { id: 'hostNamespaces', since: 0, violation: hostNamespaces },
  { id: 'hostPathVolumes', since: 0, violation: hostPathVolumes },
  { id: 'hostPorts', since: 0, violation: hostPorts },
  { id: 'hostProbesAndHostLifecycle', since: 34, violation: hostProbesAndHostLifecycle },
  { id: 'privileged', since: 0, violation: privileged },
  {
    id: 'procMount',
    since: 0,
    violation: (pod, minor) => (inUserNamespace(pod.spec, minor) ? undefined : procMount(pod)),
  },
  { id: 'seLinuxOptions', since: 0, violation: seLinuxOptions },
  { id: 'seccompProfile_baseline', since: 0, violation: seccompProfile },
  { id: 'sysctls', since: 0, violation: sysctls },
  { id: 'windowsHostProcess', since: 0, violation: windowsHostProcess },
];
