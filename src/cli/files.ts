// Finds the manifests that paths name, as kubectl does: files as they are, of folders those that end in .yaml, .yml or .json.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { compareBytes } from '../base/order.ts';
import { decodeText, standardInput, type Source } from '../features/index.ts';

export interface SourceFile {
  /** As the user named it, or found below a folder that was named. */
  readonly name: string;
  readonly text: string;
  /** What makes kubectl refuse the bytes. */
  readonly problem?: Source['problem'];
}

/** A file that cannot be used, with what to do. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
}

/** By its name: the commands are loaded on demand, and a loader may bring its own copy of this class along. */
export function isFileProblem(problem: unknown): problem is FileProblem {
  return problem instanceof Error && problem.name === 'FileProblem';
}

const extensions = new Set(['.yaml', '.yml', '.json']);
/** Folders nobody means. */
const skipped = new Set(['node_modules', '.git']);

/** The manifest files that the paths stand for, in order, each once. */
export function findFiles(paths: readonly string[], recursive: boolean): string[] {
  const found = new Set<string>();
  for (const given of paths) {
    if (given === '-' || !statOf(given).isDirectory()) found.add(given);
    else for (const file of filesIn(given, recursive)) found.add(file);
  }
  return [...found];
}

function* filesIn(folder: string, recursive: boolean): Generator<string> {
  const entries = attempt(folder, () => readdirSync(folder, { withFileTypes: true }));
  for (const entry of entries.sort((a, b) => compareBytes(a.name, b.name))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (recursive && !skipped.has(entry.name)) yield* filesIn(file, recursive);
    } else if (extensions.has(path.extname(entry.name))) yield file;
  }
}

/** Reads a file, or standard input for `-`. */
export function readSource(name: string): SourceFile {
  const bytes = attempt(name, () => readFileSync(name === '-' ? 0 : name));
  return { name: name === '-' ? standardInput : name, ...textOf(bytes) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Nearly every file is UTF-8, which the engine decodes faster than we do; of all others we know what kubectl says. */
function textOf(bytes: Buffer): Pick<SourceFile, 'text' | 'problem'> {
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    return decodeText(bytes);
  }
}

/** Whether a path is a folder; a path that is not there is a problem. */
export function isFolder(name: string): boolean {
  return name !== '-' && statOf(name).isDirectory();
}

const statOf = (name: string) => attempt(name, () => statSync(name));

function attempt<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new FileProblem(reasonOf(name, error as NodeJS.ErrnoException));
  }
}

function reasonOf(name: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return `the path "${name}" does not exist`;
    case 'EACCES':
    case 'EPERM':
      return `no permission to read "${name}"`;
    case 'EISDIR':
      return `"${name}" is a folder`;
    case 'ERR_FS_FILE_TOO_LARGE':
    case 'ERR_STRING_TOO_LONG':
      return `"${name}" is too large to read`;
    default:
      return `cannot read "${name}": ${message}`;
  }
}
