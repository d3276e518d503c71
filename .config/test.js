// `npm test`: installs and runs every test, measures what the tests of the core reach. `npm test -- FILE…` runs some.
import { spawnSync } from 'node:child_process';
import './install.js';

const given = process.argv.slice(2);
const mocha = ['node_modules/mocha/bin/mocha.js', ...(given.length ? given : ['test/**/*.test.ts'])];
const measured = given.length ? mocha : ['node_modules/c8/bin/c8.js', '--config', '.config/c8.json', ...mocha];
process.exitCode = spawnSync(process.execPath, measured, { stdio: 'inherit' }).status ?? 1;
