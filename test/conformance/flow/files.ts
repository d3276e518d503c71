// The files of a scenario as kubectl's port wants them, and its command lines cut into words.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { accessTo, parseSource } from '../../../src/features/sources.ts';
import type { FileAccess } from '../../../src/simulator/index.ts';

/** The manifests of a folder, by their names in it. */
export function folderAccess(folder: string): FileAccess {
  const files = ['manifest.yaml', 'second.yaml', 'setup.yaml'].filter((name) => existsSync(path.join(folder, name)));
  const sources = files.map((name) => parseSource({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
  return accessTo(sources, () => false);
}

/** Splits a command line; single quotes group. */
export function splitCommand(line: string): string[] {
  return [...line.matchAll(/(?:[^\s']+|'[^']*')+/g)].map(([word]) => word.replaceAll("'", ''));
}
