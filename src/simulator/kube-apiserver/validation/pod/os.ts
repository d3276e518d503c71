// What goes with the operating system a Pod says it is for (pkg/apis/core/validation, validateLinux, validateWindows and
// validateWindowsHostProcessPod, Kubernetes 1.36).
import { forbidden, invalid, notSupported, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { Container, PodSecurityContext, PodSpec, SecurityContext } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';

type Visit = (container: Container, path: FieldPath) => void;

/** VisitContainersWithPath: init containers first. */
export function visitContainers(spec: PodSpec, path: FieldPath, visit: Visit): void {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    spec[list]?.forEach((container, i) => visit(container, path.child(list).index(i)));
  }
}

/** What a Pod for Windows cannot say; fields of the spec stand beside those of the security context. */
const notForWindows: readonly (
  keyof PodSecurityContext | 'hostUsers' | 'hostPID' | 'hostIPC' | 'shareProcessNamespace'
)[] = [
  'appArmorProfile',
  'seLinuxOptions',
  'hostUsers',
  'hostPID',
  'hostIPC',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'shareProcessNamespace',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const ofSpec = new Set<string>(['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace']);

const notForWindowsContainers: readonly (keyof SecurityContext)[] = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];

function checkWindows(spec: PodSpec, path: FieldPath, errors: Errors): void {
  const context = spec.securityContext as Readonly<Record<string, unknown>> | undefined;
  const detail = 'cannot be set for a windows pod';
  for (const name of notForWindows) {
    const own = ofSpec.has(name);
    const value = own ? spec[name as keyof PodSpec] : context?.[name];
    const unset = value === undefined || (name === 'sysctls' && (value as readonly unknown[]).length === 0);
    if (unset || (value === false && (name === 'hostPID' || name === 'hostIPC'))) continue;
    errors.push(forbidden(own ? path.child(name) : path.child('securityContext', name), detail));
  }
  visitContainers(spec, path, ({ securityContext }, at) => {
    for (const name of notForWindowsContainers) {
      if (securityContext?.[name] !== undefined) errors.push(forbidden(at.child('securityContext', name), detail));
    }
  });
}

function checkLinux(spec: PodSpec, path: FieldPath, errors: Errors): void {
  const check = (context: PodSecurityContext | SecurityContext | undefined, at: FieldPath) => {
    if (!context?.windowsOptions) return;
    const detail = 'windows options cannot be set for a linux pod';
    errors.push(forbidden(at.child('securityContext', 'windowsOptions'), detail));
  };
  check(spec.securityContext, path);
  visitContainers(spec, path, ({ securityContext }, at) => check(securityContext, at));
}

export function checkOs(spec: PodSpec, path: FieldPath, errors: Errors): void {
  if (!spec.os) return;
  const { name } = spec.os;
  if (!name) errors.push(required(path.child('os', 'name')));
  else if (name === 'linux') checkLinux(spec, path, errors);
  else if (name === 'windows') checkWindows(spec, path, errors);
  else errors.push(notSupported(path.child('os'), name, ['linux', 'windows']));
}

/** Containers that run as processes of a Windows node: all of a Pod or none, and on the node's network. */
export function checkHostProcess(spec: PodSpec, path: FieldPath, errors: Errors): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let all = 0;
  let hostProcesses = 0;
  visitContainers(spec, path, ({ securityContext }, at) => {
    all++;
    const own = securityContext?.windowsOptions?.hostProcess;
    if (ofPod !== undefined && own !== undefined && ofPod !== own) {
      const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
      errors.push(invalid(at.child('securityContext', 'windowsOptions', 'hostProcess'), own, detail));
    }
    if (own ?? ofPod) hostProcesses++;
  });
  if (!hostProcesses) return;
  if (hostProcesses !== all) {
    const detail = 'If pod contains any hostProcess containers then all containers must be HostProcess containers';
    errors.push(invalid(path, '', detail));
  }
  if (!spec.hostNetwork) {
    const detail = 'hostNetwork must be true if pod contains any hostProcess containers';
    errors.push(invalid(path.child('hostNetwork'), false, detail));
  }
}
