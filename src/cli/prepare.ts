// The last step of the build: does once what every run would have to do again. Brings the preset clusters to rest, and keeps the code that
// checking and simulating the samples compiles.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadCluster, saveState } from '../features/index.ts';
import { presets } from './cluster-option.ts';
import { tuneEngine } from './engine-settings.ts';
import { codeFile } from './load-compiled.ts';
import { loadProgram, programName } from './load-program.ts';

const silent = { out: () => undefined, error: () => undefined, colours: false, terminal: false };

function settlePresets(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of presets) {
    const text = readFileSync(`media/clusters/${name}.yaml`, 'utf8');
    const cluster = loadCluster({ name, sources: [{ name, text }], assumed: false });
    if ('problem' in cluster) throw new Error(cluster.problem);
    writeFileSync(`${folder}/${name}.json`, JSON.stringify(saveState(cluster.state)));
  }
}

async function keepCompiledCode(): Promise<void> {
  const { run, compiledCode } = loadProgram();
  await run(['check', 'media/samples/deployment-service.yaml'], silent);
  await run(['simulate', '-f', 'media/samples/pod.yaml', '--then', 'get pods'], silent);
  writeFileSync(codeFile(programName), compiledCode());
}

tuneEngine();
settlePresets(path.join(path.dirname(codeFile(programName)), 'presets'));
await keepCompiledCode();
