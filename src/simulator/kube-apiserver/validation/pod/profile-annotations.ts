// Annotations with profiles of AppArmor and seccomp (pkg/apis/core/validation, ValidateSeccompPodAnnotations,
// ValidateAppArmorPodAnnotations and the checks that they agree with the fields, Kubernetes 1.36).
import { forbidden, invalid } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { quote } from '../../../../api/go-text.ts';
import type { AppArmorProfile, ObjectMeta, PodSpec } from '../../../../api/object.ts';
import { sortedKeys } from '../../../../base/order.ts';
import { appArmorPrefix, seccompOfPod, seccompPrefix } from '../../registry/pods/profiles.ts';
import { checkDescendingPath, type Errors } from '../checks.ts';
import { visitContainers } from './os.ts';

const runtimeDefault = ['runtime/default', 'docker/default'];
const localhost = 'localhost/';

/** `path` is that of the annotations. */
export function checkProfileAnnotations(
  annotations: NonNullable<ObjectMeta['annotations']>,
  spec: PodSpec,
  path: FieldPath,
  errors: Errors,
): void {
  const keys = sortedKeys(annotations);
  for (const key of [...keys.filter((each) => each === seccompOfPod), ...startingWith(keys, seccompPrefix)]) {
    checkSeccomp(annotations[key] ?? '', path.child(key), errors);
  }
  const names = new Set<string>();
  const appArmor = startingWith(keys, appArmorPrefix);
  if (appArmor.length > 0) visitContainers(spec, path, ({ name }) => names.add(name));
  for (const key of appArmor) {
    const name = key.slice(appArmorPrefix.length);
    const profile = annotations[key] ?? '';
    if (!names.has(name)) errors.push(invalid(path.key(key), name, 'container not found'));
    if (!['', 'runtime/default', 'unconfined'].includes(profile) && !profile.startsWith(localhost)) {
      errors.push(invalid(path.key(key), profile, `invalid AppArmor profile name: ${quote(profile)}`));
    }
  }
}

const startingWith = (keys: readonly string[], prefix: string) => keys.filter((key) => key.startsWith(prefix));

function checkSeccomp(profile: string, path: FieldPath, errors: Errors): void {
  if (profile === 'unconfined' || runtimeDefault.includes(profile)) return;
  if (profile.startsWith(localhost)) checkDescendingPath(profile.slice(localhost.length), path, errors);
  else errors.push(invalid(path, profile, 'must be a valid seccomp profile'));
}

/** Where both are given, annotation and field have to say the same. `path` is that of the spec. */
export function checkProfilesAgree(
  annotations: ObjectMeta['annotations'],
  spec: PodSpec,
  path: FieldPath,
  errors: Errors,
): void {
  if (!annotations) return;
  const ofPod = spec.securityContext;
  const at = path.child('securityContext', 'seccompProfile');
  checkAgrees('seccomp', annotations[seccompOfPod], ofPod?.seccompProfile, at, errors);
  visitContainers(spec, path, ({ name, securityContext }, container) => {
    const own = container.child('securityContext', 'seccompProfile');
    checkAgrees('seccomp', annotations[seccompPrefix + name], securityContext?.seccompProfile, own, errors);
  });
  if (spec.os?.name === 'windows') return;
  visitContainers(spec, path, ({ name, securityContext }, container) => {
    const own = container.child('securityContext', 'appArmorProfile');
    const profile = securityContext?.appArmorProfile ?? ofPod?.appArmorProfile;
    checkAgrees('apparmor', annotations[appArmorPrefix + name], profile, own, errors);
  });
}

function checkAgrees(
  what: 'seccomp' | 'apparmor',
  annotation: string | undefined,
  profile: AppArmorProfile | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  if (annotation === undefined || !profile) return;
  const { type, localhostProfile } = profile;
  const means: Readonly<Record<string, boolean>> = {
    Unconfined: annotation === 'unconfined',
    RuntimeDefault: annotation === 'runtime/default' || (what === 'seccomp' && runtimeDefault.includes(annotation)),
    Localhost: annotation.startsWith(localhost),
  };
  if (means[type] === false) {
    errors.push(forbidden(path.child('type'), `${what} type in annotation and field must match`));
  } else if (type === 'Localhost' && annotation.slice(localhost.length) !== localhostProfile) {
    errors.push(forbidden(path.child('localhostProfile'), `${what} profile in annotation and field must match`));
  }
}
