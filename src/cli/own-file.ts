// Files that come with the program.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of ours: beside the bundle's folder, or beside the sources'. */
export function ownFile(...candidates: string[]): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const files = candidates.map((candidate) => path.join(here, candidate));
  return files.find((file) => existsSync(file)) ?? files[0] ?? '';
}
