// `npm test`: installs and runs every test, measures what the tests of the core reach, and tests the extension in a real VS Code.
// `npm test -- FILE…` runs some; `npm test -- host [SUITE]` only those in VS Code.
import { spawnSync } from 'node:child_process';
import './install.js';

const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
const mocha = (...files) => ['node_modules/mocha/bin/mocha.js', ...files];
const inVsCode = ['--import', './.config/typescript.js', 'test/host/run.ts'];
const given = process.argv.slice(2);

if (given[0] === 'host') process.exitCode = run(...inVsCode, ...given.slice(1));
else if (given.length > 0) process.exitCode = run(...mocha(...given));
else {
  const core = run('node_modules/c8/bin/c8.js', '--config', '.config/c8.json', ...mocha('test/**/*.test.ts'));
  process.exitCode = run(...inVsCode) || core;
}
