// Loads a bundle that lies beside this file together with its compiled code, if that was made by the same engine: compiling takes as long as
// everything else that a check of one file, or a server's first findings, take.
import { readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

export interface LoadedBundle {
  readonly exports: object;
  /** The code that has been compiled so far, to be kept in the bundle's {@link codeFile}. */
  readonly compiledCode: () => Buffer;
}

type Wrapper = (exports: object, require: NodeJS.Require, module: object, file: string, folder: string) => void;

const folder = path.dirname(fileURLToPath(import.meta.url));

export const codeFile = (name: string): string => path.join(folder, `${name}.code`);

export function loadCompiled(name: string): LoadedBundle {
  const file = path.join(folder, `${name}.cjs`);
  const cachedData = compiledBefore(name);
  const script = new Script(module.wrap(readFileSync(file, 'utf8')), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  const loaded = { exports: {} };
  const wrapper = script.runInThisContext() as Wrapper;
  wrapper(loaded.exports, createRequire(file), loaded, file, folder);
  return { exports: loaded.exports, compiledCode: () => script.createCachedData() };
}

/** Of another engine it is ignored. */
function compiledBefore(name: string): Buffer | undefined {
  try {
    return readFileSync(codeFile(name));
  } catch {
    return undefined;
  }
}
