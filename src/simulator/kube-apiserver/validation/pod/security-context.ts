// Security contexts of containers and Pods (pkg/apis/core/validation, ValidateSecurityContext and
// validatePodSpecSecurityContext, Kubernetes 1.36).
import { duplicate, invalid, notSupported, required, tooLong } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import type {
  AppArmorProfile,
  PodSecurityContext,
  PodSpec,
  SeccompProfile,
  SecurityContext,
} from '../../../../api/object.ts';
import { checkDescendingPath, checkId, checkSupported, type Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { checkWindowsOptions } from './windows-options.ts';

const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];
/** PATH_MAX - 1. */
const longestPath = 4095;

function checkSeccomp(profile: SeccompProfile | undefined, path: FieldPath, errors: Errors): void {
  if (!profile) return;
  const { type, localhostProfile } = profile;
  const at = path.child('localhostProfile');
  if (!type) errors.push(required(path.child('type'), 'type is required when seccompProfile is set'));
  else checkSupported(type, profileTypes, path.child('type'), errors);
  if (type !== 'Localhost') {
    if (localhostProfile === undefined) return;
    const shown = goStruct('core/v1.SeccompProfile', profile);
    errors.push(invalid(at, shown, 'can only be set when seccomp type is Localhost'));
  } else if (localhostProfile === undefined) {
    errors.push(required(at, 'must be set when seccomp type is Localhost'));
  } else checkDescendingPath(localhostProfile, at, errors);
}

function checkAppArmor(profile: AppArmorProfile | undefined, path: FieldPath, errors: Errors): void {
  if (!profile) return;
  const { type, localhostProfile } = profile;
  const at = path.child('localhostProfile');
  if (!type) errors.push(required(path.child('type'), 'type is required when appArmorProfile is set'));
  else if (!profileTypes.includes(type)) errors.push(notSupported(path.child('type'), type, profileTypes));
  else if (type !== 'Localhost') {
    if (localhostProfile !== undefined) {
      errors.push(invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost'));
    }
  } else if (localhostProfile === undefined) {
    errors.push(required(at, 'must be set when AppArmor type is Localhost'));
  } else {
    if (localhostProfile.trim() !== localhostProfile) {
      errors.push(invalid(at, localhostProfile, 'must not be padded with whitespace'));
    } else if (!localhostProfile) errors.push(required(at, 'must be set when AppArmor type is Localhost'));
    if (byteLength(localhostProfile) > longestPath) errors.push(tooLong(at, longestPath));
  }
}

/** What a container may say of itself. `hostUsers`: the Pod shares the user namespace of its node. */
export function checkSecurityContext(
  context: SecurityContext | undefined,
  hostUsers: boolean,
  path: FieldPath,
  errors: Errors,
): void {
  if (!context) return;
  const { procMount, privileged, allowPrivilegeEscalation, capabilities } = context;
  checkId(context.runAsUser, path.child('runAsUser'), errors);
  checkId(context.runAsGroup, path.child('runAsGroup'), errors);
  if (procMount !== undefined) {
    checkSupported(procMount, ['Default', 'Unmasked'], path.child('procMount'), errors);
    if (hostUsers && procMount === 'Unmasked') {
      errors.push(invalid(path.child('procMount'), procMount, '`hostUsers` must be false to use `Unmasked`'));
    }
  }
  checkSeccomp(context.seccompProfile, path.child('seccompProfile'), errors);
  if (allowPrivilegeEscalation === false) {
    const refuse = (what: string) => {
      const detail = `cannot set \`allowPrivilegeEscalation\` to false and ${what}`;
      errors.push(invalid(path, goStruct('core/v1.SecurityContext', context), detail));
    };
    if (privileged) refuse('`privileged` to true');
    for (const capability of capabilities?.add ?? []) {
      if (capability === 'CAP_SYS_ADMIN') refuse('`capabilities.Add` CAP_SYS_ADMIN');
    }
  }
  checkWindowsOptions(context.windowsOptions, path.child('windowsOptions'), errors);
  checkAppArmor(context.appArmorProfile, path.child('appArmorProfile'), errors);
}

const sysctlSegment = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const sysctlText = `^(${sysctlSegment}[\\./])*${sysctlSegment}$`;
const sysctlShape = new RegExp(sysctlText);
const sysctlLimit = 253;

/** The namespace that a sysctl belongs to; names may be written with slashes (component-helpers/node/util/sysctl). */
function sysctlNamespace(name: string): 'net' | 'ipc' | undefined {
  const firstSeparator = /[./]/.exec(name)?.[0];
  const dotted = firstSeparator === '/' ? name.replace(/[./]/g, (character) => (character === '/' ? '.' : '/')) : name;
  if (dotted.startsWith('net.')) return 'net';
  return /^(fs\.mqueue\.|kernel\.(shm|msg)|kernel\.sem$)/.test(dotted) ? 'ipc' : undefined;
}

function checkSysctls({ sysctls }: PodSecurityContext, spec: PodSpec, path: FieldPath, errors: Errors): void {
  const names = new Set<string>();
  sysctls?.forEach(({ name }, i) => {
    const at = path.index(i).child('name');
    if (!name) errors.push(required(at));
    else if (name.length > sysctlLimit || !sysctlShape.test(name)) {
      errors.push(invalid(at, name, `must have at most ${sysctlLimit} characters and match regex ${sysctlText}`));
    } else if (names.has(name)) errors.push(duplicate(at, name));
    const namespace = sysctlNamespace(name);
    if (spec.hostNetwork && namespace === 'net') {
      errors.push(invalid(at, name, "may not be specified when 'hostNetwork' is true"));
    } else if (spec.hostIPC && namespace === 'ipc') {
      errors.push(invalid(at, name, "may not be specified when 'hostIPC' is true"));
    }
    names.add(name);
  });
}

/** What a Pod says of all its containers. */
export function checkPodSecurityContext(spec: PodSpec, path: FieldPath, errors: Errors): void {
  const context = spec.securityContext ?? {};
  checkId(context.fsGroup, path.child('fsGroup'), errors);
  checkId(context.runAsUser, path.child('runAsUser'), errors);
  checkId(context.runAsGroup, path.child('runAsGroup'), errors);
  context.supplementalGroups?.forEach((id, i) => checkId(id, path.child('supplementalGroups').index(i), errors));
  if (spec.shareProcessNamespace && spec.hostPID) {
    const detail = 'ShareProcessNamespace and HostPID cannot both be enabled';
    errors.push(invalid(path.child('shareProcessNamespace'), true, detail));
  }
  checkSysctls(context, spec, path.child('sysctls'), errors);
  checkSupported(context.fsGroupChangePolicy, ['Always', 'OnRootMismatch'], path.child('fsGroupChangePolicy'), errors);
  checkSeccomp(context.seccompProfile, path.child('seccompProfile'), errors);
  checkWindowsOptions(context.windowsOptions, path.child('windowsOptions'), errors);
  checkAppArmor(context.appArmorProfile, path.child('appArmorProfile'), errors);
  const { supplementalGroupsPolicy, seLinuxChangePolicy } = context;
  checkSupported(supplementalGroupsPolicy, ['Merge', 'Strict'], path.child('supplementalGroupsPolicy'), errors);
  // MountOption belongs to a feature that is off (SELinuxMount).
  checkSupported(seLinuxChangePolicy, ['Recursive'], path.child('seLinuxChangePolicy'), errors);
}
