// A file that says what images do when they are pulled and started.
import { isObject } from '../base/json.ts';
import type { ImageBehaviours } from '../simulator/index.ts';
import type { ParsedFile } from './sources.ts';

/** As media/schemas/images.schema.json has them. */
const parts: ReadonlySet<string> = new Set<keyof ImageBehaviours>(['images', 'containers', 'sandbox']);
const shape = 'it should say  images: {nginx: {pull: {delay: 4s}}}';

/** What the file says, or one sentence that says why it says nothing. */
export function imagesOf({ manifest }: ParsedFile): ImageBehaviours | string {
  const [document] = manifest.documents;
  const [error] = document?.errors ?? [];
  if (error) return error.message;
  const value: unknown = document?.object;
  if (!isObject(value)) return shape;
  const given = Object.entries(value);
  const isKnown = given.length > 0 && given.every(([key, inner]) => parts.has(key) && isObject(inner));
  return isKnown ? (value as ImageBehaviours) : shape;
}
