// ImageLocality: prefers nodes that have the Pod's images already, by their size, the more so the more nodes have them.
import type { Pod } from '../../../api/object.ts';
import { stateKey } from '../framework/cycle-state.ts';
import { maxNodeScore, type Cycle, type Plugin } from '../framework/plugin.ts';
import type { ImageState } from '../framework/snapshot.ts';

const megabyte = 1024 * 1024;
const minThreshold = 23 * megabyte;
const maxThresholdPerContainer = 1000 * megabyte;

const presentImages = stateKey<readonly ImageState[]>('ImageLocality');

export const imageLocality: Plugin = {
  name: 'ImageLocality',

  score(cycle, { name }) {
    const { pod } = cycle.pod;
    const total = cycle.snapshot.nodes.length;
    const sum = present(cycle).reduce(
      (bytes, { size, nodes }) => (nodes.has(name) ? bytes + Math.trunc(size * (nodes.size / total)) : bytes),
      0,
    );
    const containers = (pod.spec?.initContainers?.length ?? 0) + (pod.spec?.containers.length ?? 0);
    const maxThreshold = maxThresholdPerContainer * containers;
    const bounded = Math.min(Math.max(sum, minThreshold), maxThreshold);
    return Math.trunc((maxNodeScore * (bounded - minThreshold)) / (maxThreshold - minThreshold));
  },
};

/** The Pod's images that any node has, looked up once for all nodes. */
function present({ pod, snapshot, state }: Cycle): readonly ImageState[] {
  const known = state.read(presentImages);
  if (known) return known;
  const found = imagesOf(pod.pod).map((image) => snapshot.image(withTag(image)));
  const images = found.filter((image) => image !== undefined);
  state.write(presentImages, images);
  return images;
}

function imagesOf({ spec }: Pod): readonly string[] {
  const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  const volumes = (spec?.volumes ?? []).filter(({ image }) => image);
  return [...containers.map(({ image = '' }) => image), ...volumes.map(({ image }) => image?.reference ?? '')];
}

/** normalizedImageName: `nginx` is `nginx:latest`. Registry and library are not filled in: nodes report `docker.io/library/…`. */
function withTag(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}
