// `applyscope check`: what will go wrong, line by line, and an exit code for scripts.
import path from 'node:path';
import { checkTogether, declarationsOf, Surroundings } from '../features/index.ts';
import type { CheckRequest } from './arguments.ts';
import { CheckOutput } from './check-output.ts';
import { checkInParallel } from './check-parallel.ts';
import { checkFiles, manifestOf, settingsOf } from './check-files.ts';
import { findFiles, isFolder } from './files.ts';
import { builtOf, fileIn } from './kustomize.ts';
import { withoutPatches } from './patch-files.ts';
import type { Streams } from './streams.ts';

/** From so many files on it pays to start further threads. */
const worthSplitting = 300;

export async function check(request: CheckRequest, streams: Streams): Promise<number> {
  if (request.kustomization !== undefined) return checkKustomization(request.kustomization, request, streams);
  const found = findFiles(request.files, request.recursive);
  // kubectl apply -f DIR would send them all
  const names = request.together ? found : withoutPatches(found);
  const settings = settingsOf(request, names);
  const output = new CheckOutput(request, streams);
  if (request.together) {
    const files = names.flatMap((name) => output.attempt(() => manifestOf(name)) ?? []);
    output.add(checkTogether(files, settings), files);
  } else if (names.length >= worthSplitting) await checkInParallel(request, names, streams, output);
  else checkFiles(names, surroundingsOf(request, names, output), settings, output);
  return output.end(names.length);
}

/** What is built of a folder is one apply. */
function checkKustomization(folder: string, request: CheckRequest, streams: Streams): number {
  const built = builtOf(folder, streams);
  const output = new CheckOutput(request, streams);
  if ('refusal' in built) output.add(built.findings, [built.file]);
  else output.add(checkTogether([built], settingsOf(request, [fileIn(folder)])), [built]);
  return output.end(1);
}

/** What the other files declare; of a single file, those of its folder. A file that cannot be read declares nothing. */
function surroundingsOf(
  { files, only: part }: CheckRequest,
  names: readonly string[],
  output: CheckOutput,
): Surroundings {
  const surroundings = new Surroundings();
  const [only] = names;
  const alone = names.length === 1 && only !== undefined && only !== '-' && files.every((given) => !isFolder(given));
  for (const name of alone ? withoutPatches(findFiles([path.dirname(only)], false)) : names) {
    const file = name === '-' ? undefined : output.silently(() => manifestOf(name));
    if (file) surroundings.add(declarationsOf(file, part));
  }
  return surroundings;
}
