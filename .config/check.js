// `npm run check`: every gate, one after the other. The last line says how many passed; one failure fails all.
import { spawnSync } from 'node:child_process';
import './install.js';

const bin = (name) => `node_modules/.bin/${name}`;
const gates = [
  ['types', bin('tsc'), '-p', 'tsconfig.json'],
  ['types of the pure core', bin('tsc'), '-p', 'src/tsconfig.core.json'],
  ['types of the panel’s page', bin('tsc'), '-p', 'webview/tsconfig.json'],
  ['types of its tests', bin('tsc'), '-p', 'test/webview/tsconfig.json'],
  ['lint', bin('eslint'), '-c', '.config/eslint.config.js', '--max-warnings=0', '.'],
  ['format', bin('prettier'), '--check', '--log-level=warn', '.'],
  ['dependency rules', bin('depcruise'), '--config', '.config/dependency-cruiser.cjs', '--output-type=err', 'src'],
  ['unused code', bin('knip'), '--no-progress'],
  ['generated files current', 'npm', 'run', '--silent', 'generate', '--', '--check'],
  ['bundles', process.execPath, 'esbuild.js', '--quiet', '--check-size'],
];

let failed = 0;
for (const [name, command, ...args] of gates) {
  const begin = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const ok = status === 0;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
  if (!ok) {
    failed++;
    console.log(`${stdout ?? ''}${stderr ?? ''}`.trimEnd());
  }
}
console.log(`${gates.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
