// `npm start [-- FILE…]`: installs, builds, and simulates the tutorial Pod, or the files given, in the terminal.
import { spawnSync } from 'node:child_process';
import './install.js';

const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
const given = process.argv.slice(2);

process.exitCode =
  run('esbuild.js', '--quiet') ||
  run('dist/cli.js', 'simulate', ...(given.length ? given : ['media/samples/pod.yaml']));
