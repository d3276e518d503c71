// ImageLocality: prefers nodes that have the Pod's images already, by their size, the more so the more nodes have them.
import type { Pod } from '../../../api/object.ts';
import { maxNodeScore, type Plugin } from '../framework/plugin.ts';

const megabyte = 1024 * 1024;
const minThreshold = 23 * megabyte;
const maxThresholdPerContainer = 1000 * megabyte;

export const imageLocality: Plugin = {
  name: 'ImageLocality',

  score({ pod: { pod }, snapshot }, { name }) {
    const total = snapshot.nodes.length;
    const sum = imagesOf(pod).reduce((bytes, image) => {
      const state = snapshot.image(withTag(image));
      return state?.nodes.has(name) ? bytes + Math.trunc(state.size * (state.nodes.size / total)) : bytes;
    }, 0);
    const containers = (pod.spec?.initContainers?.length ?? 0) + (pod.spec?.containers.length ?? 0);
    const maxThreshold = maxThresholdPerContainer * containers;
    const bounded = Math.min(Math.max(sum, minThreshold), maxThreshold);
    return Math.trunc((maxNodeScore * (bounded - minThreshold)) / (maxThreshold - minThreshold));
  },
};

function imagesOf({ spec }: Pod): readonly string[] {
  const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  const volumes = (spec?.volumes ?? []).filter(({ image }) => image);
  return [...containers.map(({ image = '' }) => image), ...volumes.map(({ image }) => image?.reference ?? '')];
}

/** normalizedImageName: `nginx` is `nginx:latest`. Registry and library are not filled in: nodes report `docker.io/library/…`. */
function withTag(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}
