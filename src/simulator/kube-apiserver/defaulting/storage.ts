// Claims, volumes and storage classes (pkg/apis/core/v1/defaults.go, pkg/apis/storage/v1/defaults.go, Kubernetes 1.36).
import type {
  CSIDriver,
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeSpec,
  StorageClass,
  VolumeAttachment,
} from '../../../api/object.ts';
import { defaultResourceList } from './resources.ts';
import {
  defaultAzureDisk,
  defaultClaimSpec,
  defaultHostPath,
  defaultIscsi,
  defaultRbd,
  defaultScaleIo,
} from './volumes.ts';
import { withDefaults, withField, withFieldDefaults } from './with-defaults.ts';

const pending = { phase: 'Pending' };

export function defaultClaim(claim: PersistentVolumeClaim): PersistentVolumeClaim {
  return withFieldDefaults(withField(claim, 'spec', defaultClaimSpec), 'status', pending);
}

function defaultVolumeSpec(given: PersistentVolumeSpec): PersistentVolumeSpec {
  let spec = withField(given, 'capacity', defaultResourceList);
  spec = withField(spec, 'hostPath', defaultHostPath);
  spec = withField(spec, 'iscsi', defaultIscsi);
  spec = withField(spec, 'rbd', defaultRbd);
  spec = withField(spec, 'scaleIO', defaultScaleIo);
  return withField(spec, 'azureDisk', defaultAzureDisk);
}

/** A volume that is only attached has the defaults of its source, but not those of a volume. */
export const defaultAttachment = (attachment: VolumeAttachment): VolumeAttachment =>
  withField(attachment, 'spec', (spec) =>
    withField(spec, 'source', (source) => withField(source, 'inlineVolumeSpec', defaultVolumeSpec)),
  );

export function defaultVolumeObject(volume: PersistentVolume): PersistentVolume {
  const specified = withField(volume, 'spec', (given) =>
    defaultVolumeSpec(withDefaults(given, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' })),
  );
  return withFieldDefaults(specified, 'status', pending);
}

export function defaultStorageClass(storageClass: StorageClass): StorageClass {
  return withDefaults(storageClass, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' });
}

export function defaultDriver(driver: CSIDriver): CSIDriver {
  return withField(driver, 'spec', (given) => {
    const spec = withDefaults(given, {
      attachRequired: true,
      podInfoOnMount: false,
      storageCapacity: false,
      fsGroupPolicy: 'ReadWriteOnceWithFSType',
      requiresRepublish: false,
      seLinuxMount: false,
    });
    return spec.volumeLifecycleModes?.length ? spec : { ...spec, volumeLifecycleModes: ['Persistent'] };
  });
}
