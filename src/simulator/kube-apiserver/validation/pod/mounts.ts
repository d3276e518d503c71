// Where a container sees volumes: as folders, or as raw devices (pkg/apis/core/validation, ValidateVolumeMounts and
// ValidateVolumeDevices, Kubernetes 1.36).
import { forbidden, invalid, notFound, notSupported, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { Container, Volume, VolumeDevice, VolumeMount } from '../../../../api/object.ts';
import { checkDescendingPath, checkSupported, hasBacksteps, type Errors } from '../checks.ts';

/** The valid volumes of a Pod by name: what names another one names none. */
export type Volumes = ReadonlyMap<string, Volume>;

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

function checkPropagation(
  { mountPropagation }: VolumeMount,
  { securityContext }: Container,
  path: FieldPath,
  errors: Errors,
) {
  if (mountPropagation === undefined) return;
  const at = path.child('mountPropagation');
  checkSupported(mountPropagation, propagations, at, errors);
  if (mountPropagation === 'Bidirectional' && !securityContext?.privileged) {
    errors.push(forbidden(at, 'Bidirectional mount propagation is available only to privileged containers'));
  }
}

function checkRecursiveReadOnly(mount: VolumeMount, path: FieldPath, errors: Errors): void {
  const { recursiveReadOnly, readOnly, mountPropagation } = mount;
  if (recursiveReadOnly === undefined || recursiveReadOnly === 'Disabled') return;
  const at = path.child('recursiveReadOnly');
  if (recursiveReadOnly !== 'Enabled' && recursiveReadOnly !== 'IfPossible') {
    errors.push(notSupported(at, recursiveReadOnly, ['Disabled', 'Enabled', 'IfPossible']));
    return;
  }
  if (!readOnly) errors.push(forbidden(at, 'may only be specified when readOnly is true'));
  if (mountPropagation !== undefined && mountPropagation !== 'None') {
    errors.push(forbidden(at, 'may only be specified when mountPropagation is None or not specified'));
  }
}

function checkSubPaths({ subPath, subPathExpr }: VolumeMount, path: FieldPath, at: FieldPath, errors: Errors): void {
  if (subPath) checkDescendingPath(subPath, path.child('subPath'), errors);
  if (!subPathExpr) return;
  if (subPath) {
    errors.push(invalid(at.child('subPathExpr'), subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
  }
  checkDescendingPath(subPathExpr, path.child('subPathExpr'), errors);
}

export function checkVolumeMounts(container: Container, volumes: Volumes, path: FieldPath, errors: Errors): void {
  const { volumeMounts, volumeDevices = [] } = container;
  const taken = new Set<string>();
  volumeMounts?.forEach((mount, i) => {
    const at = path.index(i);
    const { name, mountPath } = mount;
    if (!name) errors.push(required(at.child('name')));
    if (!volumes.has(name)) errors.push(notFound(at.child('name'), name));
    if (!mountPath) errors.push(required(at.child('mountPath')));
    if (taken.has(mountPath)) errors.push(invalid(at.child('mountPath'), mountPath, 'must be unique'));
    taken.add(mountPath);
    if (volumeDevices.some((device) => device.name === name)) {
      errors.push(invalid(at.child('name'), name, 'must not already exist in volumeDevices'));
    }
    if (volumeDevices.some(({ devicePath }) => devicePath === mountPath)) {
      errors.push(invalid(at.child('mountPath'), mountPath, 'must not already exist as a path in volumeDevices'));
    }
    checkSubPaths(mount, path, at, errors);
    checkPropagation(mount, container, path, errors);
    checkRecursiveReadOnly(mount, path, errors);
  });
}

function checkDeviceVolume(name: string, volumes: Volumes, path: FieldPath, errors: Errors): void {
  const volume = volumes.get(name);
  if (!volume) errors.push(notFound(path, name));
  else if (!volume.persistentVolumeClaim && !volume.ephemeral) {
    const detail = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
    errors.push(invalid(path, name, detail));
  }
}

export function checkVolumeDevices(container: Container, volumes: Volumes, path: FieldPath, errors: Errors): void {
  const { volumeDevices, volumeMounts = [] } = container;
  const paths = new Set<string>();
  const names = new Set<string>();
  volumeDevices?.forEach(({ name, devicePath }: VolumeDevice, i) => {
    const at = path.index(i);
    if (!name) errors.push(required(at.child('name')));
    if (names.has(name)) errors.push(invalid(at.child('name'), name, 'must be unique'));
    checkDeviceVolume(name, volumes, at.child('name'), errors);
    if (!devicePath) errors.push(required(at.child('devicePath')));
    if (paths.has(devicePath)) errors.push(invalid(at.child('devicePath'), devicePath, 'must be unique'));
    if (hasBacksteps(devicePath)) {
      errors.push(invalid(at.child('devicePath'), devicePath, "can not contain backsteps ('..')"));
    } else paths.add(devicePath);
    if (volumeMounts.some((mount) => mount.name === name)) {
      errors.push(invalid(at.child('name'), name, 'must not already exist in volumeMounts'));
    }
    if (volumeMounts.some(({ mountPath }) => mountPath === devicePath)) {
      errors.push(invalid(at.child('devicePath'), devicePath, 'must not already exist as a path in volumeMounts'));
    }
    if (name) names.add(name);
  });
}
