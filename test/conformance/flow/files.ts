// The files of a scenario as kubectl's port wants them, and its command lines cut into words.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Splits a command line; single quotes group. */
export function splitCommand(line: string): string[] {
  return [...line.matchAll(/(?:[^\s']+|'[^']*')+/g)].map(([word]) => word.replaceAll("'", ''));
}
