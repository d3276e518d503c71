// `-k DIR`: what is applied of a folder with a kustomization, in the place of files.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { kustomizationFiles, kustomizedSource, parseSource, type ParsedFile, type Unbuilt } from '../features/index.ts';
import { FileProblem } from './files.ts';
import type { Streams } from './streams.ts';

export const folders = {
  resolve: (name: string) => path.resolve(name),
  kindOf: (file: string) => (existsSync(file) ? (statSync(file).isDirectory() ? 'folder' : 'file') : undefined),
  bytes: (file: string) => readFileSync(file),
} as const;

/** What is built is called after the folder, and has lines of its own; or what is wrong with which kustomization file. */
export function builtOf(folder: string, streams: Streams): ParsedFile | Required<Unbuilt> {
  const shown = (file: string) => (path.isAbsolute(folder) ? file : path.relative('', file));
  const { warnings, ...built } = kustomizedSource(folders, folder, shown);
  if (warnings) streams.error(warnings);
  if (!('refusal' in built)) return parseSource(built);
  const { refusal, file, findings } = built;
  if (!file || !findings) throw new FileProblem(`-k ${folder}: ${refusal}`);
  return { refusal, file, findings };
}

/** What is built, for whoever can do nothing without. */
export function kustomizedFile(folder: string, streams: Streams): ParsedFile {
  const built = builtOf(folder, streams);
  if (!('refusal' in built)) return built;
  const [place] = built.findings;
  throw new FileProblem(`-k ${folder}: ${place?.file}:${place?.line}:${place?.column}: ${built.refusal}`);
}

/** A file of the folder, for what goes by where the manifests lie. */
export const fileIn = (folder: string) => path.join(folder, kustomizationFiles[0]);
