// --images: what images do when they are pulled and started, in a file.
import { parseSource, type ImageBehaviours } from '../features/index.ts';
import { FileProblem, readSource } from './files.ts';

const shape = 'it should say  images: {nginx: {pull: {delay: 4s}}}';

export function readImages(name: string | undefined): ImageBehaviours | undefined {
  if (name === undefined) return undefined;
  const [document] = parseSource(readSource(name)).manifest.documents;
  const [error] = document?.errors ?? [];
  if (error) throw new FileProblem(`--images ${name}: ${error.message}`);
  const value: unknown = document?.object;
  const isMap = (part: unknown) => typeof part === 'object' && part !== null && !Array.isArray(part);
  const images = isMap(value) ? (value as ImageBehaviours).images : undefined;
  if (!isMap(images)) throw new FileProblem(`--images ${name}: ${shape}`);
  return value as ImageBehaviours;
}
