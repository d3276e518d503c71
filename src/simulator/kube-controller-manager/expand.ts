// Looks at claims that ask for more than their volume has (k8s.io/kubernetes/pkg/controller/volume/expand, v1.36). Volumes of CSI
// drivers are expanded by a program of the driver's, which is not part of the cluster: it is waited for.
import { keyOf, type PersistentVolume, type PersistentVolumeClaim } from '../../api/object.ts';
import { requestedStorage } from '../../api/persistent-volume.ts';
import { compareQuantities, parseQuantity, type Quantity } from '../../api/quantity.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import { succeeded, SyncQueue, type Controller } from './controller.ts';

export const expandController: Controller = {
  name: 'expand-controller',
  start(context) {
    const { kernel, client, informers } = context;
    const recorder = new EventRecorder(kernel, client, { component: 'volume_expand' });
    const claims = informers.of<PersistentVolumeClaim>('persistentvolumeclaims');
    const queue = new SyncQueue(context, (key) => {
      const claim = claims.get(key);
      if (!claim) return;
      const name = claim.spec?.volumeName ?? '';
      const volume = succeeded(client.get<PersistentVolume>({ resource: 'persistentvolumes', name }));
      if (volume.spec?.claimRef?.uid !== claim.metadata.uid) return;
      const capacity = capacityOf(claim);
      if (capacity && compareQuantities(requestedStorage(claim), capacity) <= 0) return;
      recorder.event(claim, 'Normal', 'ExternalExpanding', 'waiting for an external controller to expand this PVC');
    });
    claims.handle({
      onUpdate: (claim, previous) => {
        if (claim.status?.phase !== 'Bound') return;
        const [now, before] = [capacityOf(claim), capacityOf(previous)];
        const hasMore = now && (!before || compareQuantities(now, before) > 0);
        const wantsMore = compareQuantities(requestedStorage(claim), requestedStorage(previous)) > 0;
        if (hasMore || wantsMore) queue.add(keyOf(claim));
      },
    });
  },
};

function capacityOf({ status }: PersistentVolumeClaim): Quantity | undefined {
  const storage = status?.capacity?.['storage'];
  return storage === undefined ? undefined : parseQuantity(storage);
}
