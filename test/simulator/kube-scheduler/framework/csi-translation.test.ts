import { deepEqual, equal } from 'node:assert/strict';
import type { NodeSelectorRequirement, PersistentVolumeSpec } from '../../../../src/api/object.ts';
import {
  driverOfProvisioner,
  inTreePluginOf,
  translateVolume,
} from '../../../../src/simulator/kube-scheduler/framework/csi-translation.ts';
import { makeVolume, type VolumeOptions } from '../storage.ts';

function translate(options: VolumeOptions) {
  const volume = makeVolume('pv', options);
  const plugin = inTreePluginOf(volume.spec ?? {});
  return plugin && translateVolume(plugin, volume);
}

const handle = (options: VolumeOptions) => {
  const translated = translate(options);
  return translated && ('error' in translated ? translated.error : translated.volumeHandle);
};

const zone = 'topology.kubernetes.io/zone';
const betaZone = 'failure-domain.beta.kubernetes.io/zone';

describe('CSI translation', () => {
  it('finds the driver’s handle of a volume', () => {
    const ebs = (volumeID: string): PersistentVolumeSpec => ({ awsElasticBlockStore: { volumeID } });
    equal(handle(ebs('vol-1')), 'vol-1');
    equal(handle(ebs('aws://eu-west-1a/vol-1')), 'vol-1');
    equal(handle(ebs('aws:///vol-1')), 'vol-1');
    const pd = { gcePersistentDisk: { pdName: 'd' } };
    equal(handle(pd), 'projects/UNSPECIFIED/zones/UNSPECIFIED/disks/d');
    equal(handle({ ...pd, labels: { [zone]: 'us-a-1' } }), 'projects/UNSPECIFIED/zones/us-a-1/disks/d');
    equal(handle({ ...pd, labels: { [zone]: 'us-a-1__us-a-2' } }), 'projects/UNSPECIFIED/regions/us-a/disks/d');
    equal(
      handle({ ...pd, labels: { [zone]: 'us-b-1__us-a-2' } }),
      'failed to get region from zones: multiple or no regions gotten from zones, got: map[us-a:{} us-b:{}]',
    );
    equal(
      handle({ azureDisk: { diskName: 'd', diskURI: 'u', kind: 'Dedicated' } }),
      'kind(Dedicated) is not supported in csi migration',
    );
    equal(handle({ hostPath: { path: '/' } }), undefined);
  });

  it('gives zones the driver’s name', () => {
    const expression = (key: string, values: string[]): NodeSelectorRequirement => ({ key, operator: 'In', values });
    const affinity = (...matchExpressions: NodeSelectorRequirement[]) => ({
      required: { nodeSelectorTerms: [{ matchExpressions }] },
    });
    const translated = (options: VolumeOptions) => {
      const result = translate({ cinder: { volumeID: 'v' }, ...options });
      return result && 'nodeAffinity' in result ? result.nodeAffinity : undefined;
    };
    const key = 'topology.cinder.csi.openstack.org/zone';
    deepEqual(translated({ nodeAffinity: affinity(expression(zone, ['z1'])) }), affinity(expression(key, ['z1'])));
    deepEqual(translated({ labels: { [betaZone]: 'z2__z1' } }), affinity(expression(key, ['z1', 'z2'])));
    deepEqual(
      translated({
        nodeAffinity: affinity(
          expression(betaZone, ['z1']),
          expression('failure-domain.beta.kubernetes.io/region', ['r']),
        ),
      }),
      affinity(expression(key, ['z1']), expression('topology.kubernetes.io/region', ['r'])),
    );
    equal(translated({}), undefined);
  });

  it('knows who provisions for a class', () => {
    equal(driverOfProvisioner('csi.example.com', false), 'csi.example.com');
    equal(driverOfProvisioner('kubernetes.io/cinder', true), 'cinder.csi.openstack.org');
    equal(driverOfProvisioner('kubernetes.io/cinder', false), undefined);
    equal(driverOfProvisioner('kubernetes.io/azure-file', true), undefined);
  });
});
