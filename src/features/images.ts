// A file that says what images do when they are pulled and started.
import { isObject } from '../base/json.ts';
import { rangeOf } from '../manifest/index.ts';
import type { ImageBehaviours } from '../simulator/index.ts';
import { shapeProblem } from './image-shape.ts';
import type { ParsedFile } from './sources.ts';

const example = 'it should say  images: {nginx: {pull: {delay: 4s}}}';

/** What the file says, or one sentence that says why it says nothing. */
export function imagesOf({ manifest }: ParsedFile): ImageBehaviours | string {
  const [document] = manifest.documents;
  const [error] = document?.errors ?? [];
  if (error) return error.message;
  const value: unknown = document?.object;
  if (!document || !isObject(value) || Object.keys(value).length === 0) return example;
  const problem = shapeProblem(value);
  if (!problem) return value as ImageBehaviours;
  const { start } = rangeOf(document, problem.path, problem.isKey ? 'key' : 'value');
  const { line } = manifest.lineIndex.positionAt(start);
  return `line ${line + 1}: ${problem.says}${problem.path.length > 1 ? '' : `; ${example}`}`;
}
