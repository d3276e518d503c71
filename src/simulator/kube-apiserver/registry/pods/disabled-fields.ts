// Fields of Pods whose feature is off by default are dropped as if they had not been written
// (pkg/api/pod/util.go, DropDisabledPodFields, with the feature gates of Kubernetes 1.36).
import type { Container, PodSpec, Volume } from '../../../../api/object.ts';

/** ContainerStopSignals. */
function withoutStopSignal<T extends Container>(container: T): T {
  if (container.lifecycle?.stopSignal === undefined) return container;
  const { lifecycle, ...rest } = container;
  const { stopSignal: _, ...handlers } = lifecycle;
  return Object.keys(handlers).length ? ({ ...rest, lifecycle: handlers } as T) : (rest as T);
}

/** ClusterTrustBundleProjection and PodCertificateRequest: the source stays, empty. */
function withoutCertificates(volume: Volume): Volume {
  const { projected } = volume;
  const isOff = projected?.sources?.some((source) => source.clusterTrustBundle ?? source.podCertificate);
  if (!isOff) return volume;
  const sources = (projected?.sources ?? []).map(
    ({ clusterTrustBundle: _, podCertificate: _off, ...source }) => source,
  );
  return { ...volume, projected: { ...projected, sources } };
}

/** The same list where no item changes. */
function changedItems<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let changed: T[] | undefined;
  items.forEach((item, i) => {
    const next = change(item);
    if (next !== item) (changed ??= [...items])[i] = next;
  });
  return changed ?? items;
}

/** The spec without disabled fields; the same reference where there are none. */
export function withoutDisabledFields(spec: PodSpec): PodSpec {
  const containers = changedItems(spec.containers ?? [], withoutStopSignal);
  const initContainers = spec.initContainers && changedItems(spec.initContainers, withoutStopSignal);
  const ephemeralContainers = spec.ephemeralContainers && changedItems(spec.ephemeralContainers, withoutStopSignal);
  const volumes = spec.volumes && changedItems(spec.volumes, withoutCertificates);
  const same =
    spec.schedulingGroup === undefined &&
    containers === (spec.containers ?? containers) &&
    initContainers === spec.initContainers &&
    ephemeralContainers === spec.ephemeralContainers &&
    volumes === spec.volumes;
  if (same) return spec;
  // GenericWorkload.
  const { schedulingGroup: _, ...rest } = spec;
  return {
    ...rest,
    ...(spec.containers && { containers }),
    ...(initContainers && { initContainers }),
    ...(ephemeralContainers && { ephemeralContainers }),
    ...(volumes && { volumes }),
  };
}
