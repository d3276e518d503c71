// The command line's bundle, loaded.
import { loadCompiled, type LoadedBundle } from './load-compiled.ts';
import type { Program } from './process.ts';

export const programName = 'program';

export function loadProgram(): Program & Pick<LoadedBundle, 'compiledCode'> {
  const { exports, compiledCode } = loadCompiled(programName);
  const { run, work } = exports as Partial<Program>;
  if (!run || !work) throw new Error(`${programName}.cjs is not the program`);
  return { run, work, compiledCode };
}
