// In-tree volumes that CSI drivers took over, as those drivers see them (k8s.io/csi-translation-lib, as far as the scheduler asks).
import { csiDriverOf } from '../../../api/csi-migration.ts';
import type { NodeSelectorTerm, PersistentVolume, Volume, VolumeNodeAffinity } from '../../../api/object.ts';
import { compareBytes } from '../../../base/order.ts';

/** A volume as its CSI driver knows it. */
export interface CsiVolume {
  readonly driver: string;
  readonly volumeHandle: string;
  /** In the driver's own topology keys. */
  readonly nodeAffinity?: VolumeNodeAffinity | undefined;
}

/** Why a volume cannot be given to its driver. */
export interface TranslationError {
  readonly error: string;
}

type Source = Volume | NonNullable<PersistentVolume['spec']>;

interface InTreePlugin {
  /** `kubernetes.io/aws-ebs`: the plugin, and the provisioner in StorageClasses. */
  readonly name: string;
  readonly driver: string;
  readonly supports: (source: Source) => boolean;
  /** The driver's handle of a volume; `zones` of its PersistentVolume, `['']` if it says nothing of them. */
  readonly handle: (source: Source, zones: readonly string[]) => string | TranslationError;
  /** The driver's name of a zone; absent where affinity stays as it is. */
  readonly topologyKey?: string;
}

const zoneLabel = 'topology.kubernetes.io/zone';
const regionLabel = 'topology.kubernetes.io/region';
const betaZoneLabel = 'failure-domain.beta.kubernetes.io/zone';
const betaRegionLabel = 'failure-domain.beta.kubernetes.io/region';

/** Between the zones of a volume that lies in several. */
export const zoneDelimiter = '__';

/** The plugins whose volumes the scheduler gives to their drivers; those of azureFile and vsphereVolume it leaves alone. */
const plugins: readonly InTreePlugin[] = [
  {
    name: 'kubernetes.io/aws-ebs',
    driver: 'ebs.csi.aws.com',
    supports: ({ awsElasticBlockStore }) => awsElasticBlockStore !== undefined,
    handle: ({ awsElasticBlockStore }) => ebsHandle(awsElasticBlockStore?.volumeID ?? ''),
    topologyKey: 'topology.ebs.csi.aws.com/zone',
  },
  {
    name: 'kubernetes.io/gce-pd',
    driver: 'pd.csi.storage.gke.io',
    supports: ({ gcePersistentDisk }) => gcePersistentDisk !== undefined,
    handle: ({ gcePersistentDisk }, zones) => pdHandle(gcePersistentDisk?.pdName ?? '', zones),
    topologyKey: 'topology.gke.io/zone',
  },
  {
    name: 'kubernetes.io/azure-disk',
    driver: 'disk.csi.azure.com',
    supports: ({ azureDisk }) => azureDisk !== undefined,
    handle: ({ azureDisk }) =>
      azureDisk?.kind !== undefined && azureDisk.kind.toLowerCase() !== 'managed'
        ? { error: `kind(${azureDisk.kind}) is not supported in csi migration` }
        : (azureDisk?.diskURI ?? ''),
  },
  {
    name: 'kubernetes.io/cinder',
    driver: 'cinder.csi.openstack.org',
    supports: ({ cinder }) => cinder !== undefined,
    handle: ({ cinder }) => cinder?.volumeID ?? '',
    topologyKey: 'topology.cinder.csi.openstack.org/zone',
  },
  {
    name: 'kubernetes.io/portworx-volume',
    driver: 'pxd.portworx.com',
    supports: ({ portworxVolume }) => portworxVolume !== undefined,
    handle: ({ portworxVolume }) => portworxVolume?.volumeID ?? '',
  },
];

/** The in-tree plugin of a volume whose CSI driver the scheduler asks about. */
export function inTreePluginOf(source: Source): InTreePlugin | undefined {
  return plugins.find(({ supports }) => supports(source));
}

/** IsInlineMigratable: the volume is of an in-tree plugin that has a CSI driver. */
export function isInlineMigratable(volume: Volume): boolean {
  return Boolean(inTreePluginOf(volume) ?? volume.azureFile ?? volume.vsphereVolume);
}

/** The CSI driver that provisions for a class; undefined: no driver counts its volumes. */
export function driverOfProvisioner(provisioner: string, isMigrated: boolean): string | undefined {
  if (csiDriverOf(provisioner) === undefined) return provisioner;
  return isMigrated ? plugins.find(({ name }) => name === provisioner)?.driver : undefined;
}

/** TranslateInTreeInlineVolumeToCSI. */
export function translateInline(plugin: InTreePlugin, volume: Volume): CsiVolume | TranslationError {
  const volumeHandle = plugin.handle(volume, ['']);
  return typeof volumeHandle === 'string' ? { driver: plugin.driver, volumeHandle } : volumeHandle;
}

/** TranslateInTreePVToCSI. */
export function translateVolume(plugin: InTreePlugin, volume: PersistentVolume): CsiVolume | TranslationError {
  const { metadata, spec = {} } = volume;
  const zones = (metadata.labels?.[betaZoneLabel] || metadata.labels?.[zoneLabel] || '').split(zoneDelimiter);
  const volumeHandle = plugin.handle(spec, zones);
  if (typeof volumeHandle !== 'string') return volumeHandle;
  const { topologyKey } = plugin;
  const nodeAffinity = topologyKey === undefined ? spec.nodeAffinity : translateTopology(volume, topologyKey);
  return { driver: plugin.driver, volumeHandle, nodeAffinity };
}

/** `aws://zone/vol-1`, `aws:///vol-1` or `vol-1` to `vol-1`. */
function ebsHandle(volumeId: string): string | TranslationError {
  if (!volumeId.startsWith('aws://')) return volumeId;
  const path = volumeId.slice('aws://'.length).replace(/[?#].*$/, '');
  const slash = path.indexOf('/');
  const id = slash < 0 ? '' : path.slice(slash).replace(/^\/+|\/+$/g, '');
  if (/^vol-[^/]*$/.test(id)) return id;
  return { error: `failed to translate Kubernetes ID to EBS Volume ID Invalid format for AWS volume (${volumeId})` };
}

/** A disk of a zone, or of the region of its zones. */
function pdHandle(name: string, zones: readonly string[]): string | TranslationError {
  const [first, ...others] = zones;
  if (others.length === 0) return `projects/UNSPECIFIED/zones/${first || 'UNSPECIFIED'}/disks/${name}`;
  const odd = zones.find((zone) => zone.split('-').length !== 3);
  const problem = 'failed to get region from zones:';
  if (odd !== undefined) {
    return {
      error: `${problem} zone in unexpected format, expected: {locale}-{region}-{zone}, got: ${odd}`,
    };
  }
  const [region, ...more] = new Set(zones.map((zone) => zone.slice(0, zone.lastIndexOf('-'))));
  if (more.length === 0) return `projects/UNSPECIFIED/regions/${region}/disks/${name}`;
  const regions = [region ?? '', ...more].sort(compareBytes);
  return {
    error: `${problem} multiple or no regions gotten from zones, got: map[${regions.map((r) => `${r}:{}`).join(' ')}]`,
  };
}

/** translateTopologyFromInTreeToCSI: zones under the driver's key, from the affinity or else from the volume's labels. */
function translateTopology({ metadata, spec }: PersistentVolume, key: string): VolumeNodeAffinity | undefined {
  const affinity = spec?.nodeAffinity;
  const terms = affinity?.required?.nodeSelectorTerms ?? [];
  const names = (label: string) =>
    terms.some(({ matchExpressions = [] }) => matchExpressions.some((e) => e.key === label));
  const { labels } = metadata;
  const isBeta =
    !names(zoneLabel) &&
    (names(betaZoneLabel) || (labels?.[zoneLabel] === undefined && labels?.[betaZoneLabel] !== undefined));
  const zone = isBeta ? betaZoneLabel : zoneLabel;
  const isGiven = terms.some(({ matchExpressions = [] }) =>
    matchExpressions.some((e) => e.key === zone && e.values?.length),
  );
  const renamed = (label: string) => {
    if (isGiven && label === zone) return key;
    return isBeta && label === betaRegionLabel ? regionLabel : label;
  };
  const translated = terms.map((term) => withKeys(term, renamed));
  const zones = [...new Set((labels?.[zone] ?? '').split(zoneDelimiter).map((text) => text.trim()))].filter(Boolean);
  if (isGiven || zones.length === 0) return affinity && { required: { nodeSelectorTerms: translated } };
  const requirement = { key, operator: 'In', values: zones.sort(compareBytes) };
  const nodeSelectorTerms = (terms.length > 0 ? translated : [{}]).map((term: NodeSelectorTerm) => ({
    ...term,
    matchExpressions: [...(term.matchExpressions ?? []), requirement],
  }));
  return { required: { nodeSelectorTerms } };
}

function withKeys(term: NodeSelectorTerm, renamed: (key: string) => string): NodeSelectorTerm {
  const { matchExpressions } = term;
  if (!matchExpressions) return term;
  return { ...term, matchExpressions: matchExpressions.map((e) => ({ ...e, key: renamed(e.key) })) };
}
