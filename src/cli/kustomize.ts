// `-k DIR`: what is applied of a folder with a kustomization, in the place of files.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { kustomizationFiles, kustomizedSource, parseSource, type ParsedFile } from '../features/index.ts';
import { FileProblem } from './files.ts';
import type { Streams } from './streams.ts';

export const folders = {
  resolve: (name: string) => path.resolve(name),
  kindOf: (file: string) => (existsSync(file) ? (statSync(file).isDirectory() ? 'folder' : 'file') : undefined),
  bytes: (file: string) => readFileSync(file),
} as const;

/** What is built is called after the folder, and has lines of its own. */
export function kustomizedFile(folder: string, streams: Streams): ParsedFile {
  const { warnings, ...built } = kustomizedSource(folders, folder);
  if (warnings) streams.error(warnings);
  if ('refusal' in built) throw new FileProblem(`-k ${folder}: ${built.refusal}`);
  return parseSource(built);
}

/** A file of the folder, for what goes by where the manifests lie. */
export const fileIn = (folder: string) => path.join(folder, kustomizationFiles[0]);
