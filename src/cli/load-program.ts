// Loads the bundle that lies beside this file together with its compiled code, if that was made by the same engine: compiling takes as long
// as everything else that a check of one file does.
import { readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import type { Program } from './process.ts';

export interface LoadedProgram extends Program {
  /** The code that has been compiled so far, to be kept in {@link codeFile}. */
  readonly compiledCode: () => Buffer;
}

type Wrapper = (exports: object, require: NodeJS.Require, module: object, file: string, folder: string) => void;

const folder = path.dirname(fileURLToPath(import.meta.url));
const programFile = path.join(folder, 'program.cjs');
export const codeFile = path.join(folder, 'program.code');

export function loadProgram(): LoadedProgram {
  const cachedData = compiledBefore();
  const script = new Script(module.wrap(readFileSync(programFile, 'utf8')), {
    filename: programFile,
    ...(cachedData && { cachedData }),
  });
  const loaded: { exports: Partial<Program> } = { exports: {} };
  const wrapper = script.runInThisContext() as Wrapper;
  wrapper(loaded.exports, createRequire(programFile), loaded, programFile, folder);
  const { run, work } = loaded.exports;
  if (!run || !work) throw new Error(`${programFile} is not the program`);
  return { run, work, compiledCode: () => script.createCachedData() };
}

/** Of another engine it is ignored. */
function compiledBefore(): Buffer | undefined {
  try {
    return readFileSync(codeFile);
  } catch {
    return undefined;
  }
}
