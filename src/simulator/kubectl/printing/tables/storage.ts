// `kubectl get persistentvolumeclaims|persistentvolumes|storageclasses`.
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../../api/object.ts';
import { tablePrinter } from '../table.ts';
import { accessModesText, ageOf, nameOf, quantityText } from './cells.ts';

const unset = '<unset>';
const legacyClass = 'volume.beta.kubernetes.io/storage-class';

const phaseOf = ({ metadata, status }: PersistentVolume | PersistentVolumeClaim) =>
  metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? '');

/** The class of a volume or claim; an old annotation wins. */
export const storageClassOf = ({
  metadata,
  spec,
}: Pick<PersistentVolume | PersistentVolumeClaim, 'metadata' | 'spec'>) =>
  metadata.annotations?.[legacyClass] ?? spec?.storageClassName ?? '';

export const persistentVolumeClaimPrinter = tablePrinter<PersistentVolumeClaim>(
  [
    'Name',
    'Status',
    'Volume',
    'Capacity',
    'Access Modes',
    'StorageClass',
    'VolumeAttributesClass',
    'Age',
    '[VolumeMode]',
  ],
  (claim, moment) => {
    const { spec, status } = claim;
    const bound = Boolean(spec?.volumeName);
    return [
      nameOf(claim),
      phaseOf(claim),
      spec?.volumeName ?? '',
      bound ? quantityText(status?.capacity?.storage) : '',
      bound ? accessModesText(status?.accessModes) : '',
      storageClassOf(claim),
      spec?.volumeAttributesClassName ?? unset,
      ageOf(claim, moment),
      spec?.volumeMode ?? unset,
    ];
  },
);

export const persistentVolumePrinter = tablePrinter<PersistentVolume>(
  [
    'Name',
    'Capacity',
    'Access Modes',
    'Reclaim Policy',
    'Status',
    'Claim',
    'StorageClass',
    'VolumeAttributesClass',
    'Reason',
    'Age',
    '[VolumeMode]',
  ],
  (volume, moment) => {
    const { spec, status } = volume;
    const claim = spec?.claimRef;
    return [
      nameOf(volume),
      quantityText(spec?.capacity?.storage),
      accessModesText(spec?.accessModes),
      spec?.persistentVolumeReclaimPolicy ?? '',
      phaseOf(volume),
      claim ? `${claim.namespace}/${claim.name}` : '',
      storageClassOf(volume),
      spec?.volumeAttributesClassName ?? unset,
      status?.reason ?? '',
      ageOf(volume, moment),
      spec?.volumeMode ?? unset,
    ];
  },
);

const defaultClass = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

export const storageClassPrinter = tablePrinter<StorageClass>(
  ['Name', 'Provisioner', 'ReclaimPolicy', 'VolumeBindingMode', 'AllowVolumeExpansion', 'Age'],
  (storageClass, moment) => [
    isDefault(storageClass) ? `${nameOf(storageClass)} (default)` : nameOf(storageClass),
    storageClass.provisioner,
    storageClass.reclaimPolicy ?? 'Delete',
    storageClass.volumeBindingMode ?? unset,
    String(storageClass.allowVolumeExpansion ?? false),
    ageOf(storageClass, moment),
  ],
);

const isDefault = ({ metadata: { annotations = {} } }: StorageClass) =>
  defaultClass.some((key) => annotations[key] === 'true');
