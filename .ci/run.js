// Runs npm test and the gates, passes their output on, and adds up what passed and failed.
import { spawnSync } from 'node:child_process';

let passed = 0;
let failed = 0;

/** Runs a command; its output is shown, and handed back for counting. */
function run(title, ...args) {
  console.log(`\n== ${title}`);
  const begin = Date.now();
  const { status, stdout } = spawnSync('npm', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
  });
  process.stdout.write(stdout ?? '');
  console.log(`== ${title}: exit ${status} after ${((Date.now() - begin) / 1000).toFixed(0)} s`);
  return { ok: status === 0, output: stdout ?? '' };
}

/** Adds counted results; a run that failed without saying of what counts as one failure. */
function count({ ok, output }, passing, failing) {
  const number = (pattern) => [...output.matchAll(pattern)].reduce((sum, [, some]) => sum + Number(some), 0);
  passed += number(passing);
  failed += Math.max(number(failing), ok ? 0 : 1);
}

count(run('tests', 'test'), /^ +(\d+) passing/gm, /^ +(\d+) failing/gm);
count(run('gates', 'run', '--silent', 'check'), /(\d+) passed, \d+ failed\s*$/g, /\d+ passed, (\d+) failed\s*$/g);
for (const [title, ...args] of [
  ['figures of truth may only rise', 'run', '--silent', 'conformance', '--', '--ratchet'],
  ['README shows the figures', 'run', '--silent', 'conformance', '--', '--check-readme'],
  ['the package', 'run', '--silent', 'package'],
]) {
  const result = run(title, ...args);
  if (result.ok) passed++;
  else failed++;
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
