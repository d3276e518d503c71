// Resources that are served in another version than the one they are stored in (the storage version of Kubernetes 1.36).
import type { KubeObject } from '../../../api/object.ts';
import { eventConversion } from './events/conversion.ts';

export interface Conversion {
  readonly fromStored: (object: KubeObject) => KubeObject;
  readonly toStored: (object: KubeObject) => KubeObject;
}

export const conversions: Readonly<Record<string, Conversion>> = {
  'events.events.k8s.io': eventConversion,
};
