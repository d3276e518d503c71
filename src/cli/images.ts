// --images: what images do when they are pulled and started, in a file.
import { parseSource, type ImageBehaviours } from '../features/index.ts';
import { FileProblem, readSource } from './files.ts';

const shape = 'it should say  images: {nginx: {pull: {delay: 4s}}}';

export function readImages(name: string | undefined): ImageBehaviours | undefined {
  if (name === undefined) return undefined;
  const [document] = parseSource(readSource(name)).manifest.documents;
  const [error] = document?.errors ?? [];
  if (error) throw new FileProblem(`--images ${name}: ${error.message}`);
  const value = document?.object as { images?: unknown } | null | undefined;
  const images = value?.images;
  if (typeof images !== 'object' || images === null || Array.isArray(images))
    throw new FileProblem(`--images ${name}: ${shape}`);
  return images;
}
