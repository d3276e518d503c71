// VolumeZone: a volume that is labelled with zones or regions can be used there only. Ephemeral volumes are none of its business.
import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../../../api/object.ts';
import { claimClass } from '../../../api/persistent-volume.ts';
import { deepEqual } from '../../../base/json.ts';
import { zoneDelimiter } from '../framework/csi-translation.ts';
import { stateKey } from '../framework/cycle-state.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { Cycle, Plugin } from '../framework/plugin.ts';
import { skip, unresolvable, type Status } from '../framework/status.ts';

/** A label of one of the Pod's volumes, and the values that it stands for. */
interface Topology {
  readonly claimName: string;
  readonly volume: PersistentVolume;
  readonly label: string;
  readonly values: readonly string[];
}

const topologies = stateKey<readonly Topology[]>('VolumeZone');

/** Labels of zones and regions: as they were called, and as they are called. */
const currentNames: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
};
const labelNames = [...Object.keys(currentNames), ...Object.values(currentNames)];

export const volumeZone: Plugin = {
  name: 'VolumeZone',

  preFilter(cycle) {
    const found: Topology[] = [];
    for (const name of claimNames(cycle.pod.pod)) {
      const volume = volumeOf(cycle, name);
      if (!volume) continue;
      if ('code' in volume) return volume;
      found.push(...topologiesOf(volume).map((topology) => ({ ...topology, claimName: name, volume })));
    }
    if (found.length === 0) return skip;
    cycle.state.write(topologies, found);
    return undefined;
  },

  filter(cycle, node) {
    return elsewhere(cycle, node) ? unresolvable('node(s) had no available volume zone') : undefined;
  },

  queueingHints: [
    {
      resource: 'StorageClass',
      actions: ['Add'],
      isWorthTrying: (_pod, { after }) => (after as StorageClass).volumeBindingMode === 'WaitForFirstConsumer',
    },
    { resource: 'Node', actions: ['Add', 'UpdateNodeLabel'] },
    {
      resource: 'PersistentVolumeClaim',
      actions: ['Add', 'Update'],
      isWorthTrying: (pod, { after }) => {
        const { namespace, name } = (after as PersistentVolumeClaim).metadata;
        return namespace === pod.metadata.namespace && claimNames(pod).includes(name ?? '');
      },
    },
    {
      resource: 'PersistentVolume',
      actions: ['Add', 'Update'],
      isWorthTrying: (_pod, { before, after }) =>
        !before || !deepEqual(topologiesOf(before as PersistentVolume), topologiesOf(after as PersistentVolume)),
    },
  ],
};

/** Where a volume of the Pod can be used, if that is not where the node is. */
export function elsewhere({ state }: Cycle, { node }: NodeInfo): Topology | undefined {
  const { labels = {} } = node.metadata;
  // A cluster that knows no zones is all one zone.
  if (!labelNames.some((name) => name in labels)) return undefined;
  return state.read(topologies)?.find(({ label, values }) => {
    const value = labels[label] ?? labels[currentNames[label] ?? label];
    return value === undefined || !values.includes(value);
  });
}

const claimNames = ({ spec }: Pod) =>
  (spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim ? [persistentVolumeClaim.claimName] : [],
  );

/** The claim's volume; undefined where it is still to be found for the node; a status where it should be there and is not. */
function volumeOf({ snapshot, pod }: Cycle, claimName: string): PersistentVolume | Status | undefined {
  const { listers } = snapshot;
  const claim = listers.persistentvolumeclaims.get(`${pod.namespace}/${claimName}`);
  if (!claim) return unresolvable(`persistentvolumeclaim ${JSON.stringify(claimName)} not found`);
  const { volumeName } = claim.spec ?? {};
  if (volumeName) {
    const volume = listers.persistentvolumes.get(volumeName);
    return volume ?? unresolvable(`persistentvolume ${JSON.stringify(volumeName)} not found`);
  }
  const className = claimClass(claim);
  if (!className) return unresolvable('PersistentVolumeClaim had no pv name and storageClass name');
  const storageClass = listers['storageclasses.storage.k8s.io'].get(className);
  const quoted = JSON.stringify(className);
  if (!storageClass) return unresolvable(`storageclass.storage.k8s.io ${quoted} not found`);
  const mode = storageClass.volumeBindingMode;
  if (mode === undefined) return unresolvable(`VolumeBindingMode not set for StorageClass ${quoted}`);
  return mode === 'WaitForFirstConsumer' ? undefined : unresolvable('PersistentVolume had no name');
}

/** getPVTopologies. A label with an empty zone in it is not looked at. */
function topologiesOf({ metadata }: PersistentVolume): Pick<Topology, 'label' | 'values'>[] {
  return labelNames.flatMap((label) => {
    const values = metadata.labels?.[label]?.split(zoneDelimiter).map((value) => value.trim());
    return values?.every(Boolean) ? [{ label, values }] : [];
  });
}
