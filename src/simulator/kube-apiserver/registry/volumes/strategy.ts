// PersistentVolumes note when their phase changed (pkg/registry/core/persistentvolume/strategy.go, Kubernetes 1.36).
import type { PersistentVolume } from '../../../../api/object.ts';
import { keepSpec, withStatus } from '../generic.ts';
import type { Strategy } from '../strategy.ts';

export const volumeStrategy: Strategy = {
  prepareForCreate: (object, { timestamp }) =>
    withStatus(object, { phase: 'Pending', lastPhaseTransitionTime: timestamp() }),
  prepareForUpdate: (object, old) => withStatus(object, old.status),
  prepareForStatusUpdate: (object, old, { timestamp }) => {
    const kept = keepSpec(object, old) as PersistentVolume;
    const before = (old as PersistentVolume).status;
    const moved = kept.status?.phase !== before?.phase;
    const lastPhaseTransitionTime = moved ? timestamp() : before?.lastPhaseTransitionTime;
    return lastPhaseTransitionTime ? withStatus(kept, { ...kept.status, lastPhaseTransitionTime }) : kept;
  },
};
