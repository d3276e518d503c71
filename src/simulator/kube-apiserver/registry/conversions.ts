// Resources that are served in another version than the one they are stored in (the storage version of Kubernetes 1.36).
import type { KubeObject } from '../../../api/object.ts';
import { autoscalerConversion } from './autoscalers/conversion.ts';
import { eventConversion } from './events/conversion.ts';

export interface Conversion {
  readonly fromStored: (object: KubeObject) => KubeObject;
  /** `previous` is what was stored until now. */
  readonly toStored: (object: KubeObject, previous?: KubeObject) => KubeObject;
}

export const conversions: Readonly<Record<string, Conversion>> = {
  'events.events.k8s.io': eventConversion,
};

/** Older versions of a kind, by apiVersion and kind, that are stored as the resource's own. */
export const olderVersions: Readonly<Record<string, Conversion>> = {
  'autoscaling/v1 HorizontalPodAutoscaler': autoscalerConversion,
};

export const isOlderVersion = ({ apiVersion, kind }: KubeObject): boolean =>
  Object.hasOwn(olderVersions, `${apiVersion} ${kind}`);
