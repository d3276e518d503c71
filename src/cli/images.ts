// --images: what images do when they are pulled and started, in a file.
import { imagesOf, parseSource, type ImageBehaviours } from '../features/index.ts';
import { FileProblem, readSource } from './files.ts';

export function readImages(name: string | undefined): ImageBehaviours | undefined {
  if (name === undefined) return undefined;
  const images = imagesOf(parseSource(readSource(name)));
  if (typeof images === 'string') throw new FileProblem(`--images ${name}: ${images}`);
  return images;
}
