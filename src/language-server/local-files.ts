// Files of this machine, read as the terminal reads them.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { compareBytes } from '../base/order.ts';
import { decodeText } from '../features/index.ts';
import type { Reader } from './host.ts';

const extensions = new Set(['.yaml', '.yml', '.json']);
/** Folders nobody means. */
const skipped = new Set(['node_modules', '.git']);
/** A file that is larger is no manifest that anybody edits. */
const largest = 20_000_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

export const localFiles: Reader = {
  async read(uri) {
    const { scheme, fsPath } = URI.parse(uri);
    if (scheme !== 'file') return undefined;
    try {
      const bytes = await readFile(fsPath);
      if (bytes.length > largest) return undefined;
      try {
        return { text: utf8.decode(bytes) };
      } catch {
        return decodeText(bytes);
      }
    } catch {
      return undefined;
    }
  },
  async list(uri, recursive) {
    const { scheme, fsPath } = URI.parse(uri);
    return scheme === 'file' ? manifestsIn(fsPath, recursive) : [];
  },
};

async function manifestsIn(folder: string, recursive: boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => compareBytes(a.name, b.name))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (recursive && !skipped.has(entry.name)) found.push(...(await manifestsIn(file, recursive)));
    } else if (extensions.has(path.extname(entry.name))) found.push(URI.file(file).toString());
  }
  return found;
}
