// Which volumes of a Pod the volume plugins would look at. They are not modelled yet; Pods without such volumes are none of
// their business, exactly as in the real plugins, whose PreFilter says Skip.
import type { Pod, Volume } from '../../../api/object.ts';
import type { Cycle, Plugin } from '../framework/plugin.ts';
import { skip } from '../framework/status.ts';

/** A volume plugin that is registered by name, and asks for the verdict to be unknown when it has something to look at. */
export function unmodelledVolumePlugin(
  name: string,
  looksAt: (volume: Volume) => boolean,
  rest: Partial<Plugin> = {},
): Plugin {
  return {
    ...rest,
    name,
    preFilter: () => skip,
    filter: () => undefined,
    unmodelled: ({ pod }: Cycle) => volumesOf(pod.pod, looksAt, name),
  };
}

export const claimsStorage = (volume: Volume) => Boolean(volume.persistentVolumeClaim ?? volume.ephemeral);

function volumesOf({ spec }: Pod, looksAt: (volume: Volume) => boolean, plugin: string) {
  return (spec?.volumes ?? []).flatMap((volume, i) =>
    looksAt(volume)
      ? [
          {
            path: `spec.volumes[${i}]`,
            reason: `the scheduler plugin ${plugin} is not modelled for volume ${volume.name}`,
          },
        ]
      : [],
  );
}
