// Which topics a folder of cases has: a .jsonl file each, or under flow/ a folder.
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';

/** Topic names in order: `api/decoding`, `flow/tutorial-pod`. */
export function topicsIn(root: string, prefix = ''): string[] {
  const found: string[] = [];
  for (const area of readdirSync(root, { withFileTypes: true })) {
    if (!area.isDirectory() || area.name === 'compare' || area.name === 'kubectl-wire') continue;
    for (const entry of readdirSync(path.join(root, area.name), { withFileTypes: true })) {
      const isTopic = area.name === 'flow' ? entry.isDirectory() : entry.name.endsWith('.jsonl');
      if (isTopic) found.push(`${area.name}/${entry.name.replace(/\.jsonl$/, '')}`);
    }
  }
  return found.sort().filter((name) => name.startsWith(prefix));
}

/** The JSON lines of a file, one at a time; nothing if there is no such file. */
export async function* jsonLines(file: string): AsyncGenerator<unknown> {
  if (!existsSync(file)) return;
  for await (const line of readline.createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line.trim()) yield JSON.parse(line) as unknown;
  }
}
