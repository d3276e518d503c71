// Runs npm test and the gates, passes their output on, says once more at the end what failed, and adds up.
import { spawnSync } from 'node:child_process';

let passed = 0;
let failed = 0;
const failures = [];

/** Runs a command; its output is shown, and handed back for counting. */
function run(title, ...args) {
  console.log(`\n== ${title}`);
  const begin = Date.now();
  const { status, stdout, stderr } = spawnSync('npm', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
  });
  const output = `${stdout ?? ''}${stderr ?? ''}`;
  process.stdout.write(output);
  console.log(`== ${title}: exit ${status} after ${((Date.now() - begin) / 1000).toFixed(0)} s`);
  const ok = status === 0;
  if (!ok) failures.push(`== failed: ${title}\n${whatFailed(output)}`);
  return { ok, output };
}

/** What a failed run says of its failures: Mocha's own list of them, the gates marked FAIL; else how its output ends. */
function whatFailed(output) {
  const said = output.match(/^ +\d+ failing\n[^]*?(?=^-{5,}|^==|(?![^]))|^FAIL [^]*?(?=^(?:ok|FAIL) |(?![^]))/gm);
  return said ? said.map((text) => text.slice(0, 4000)).join('\n') : output.slice(-4000);
}

/** Adds counted results; a run that failed without saying of what counts as one failure. */
function count({ ok, output }, passing, failing) {
  const number = (pattern) => [...output.matchAll(pattern)].reduce((sum, [, some]) => sum + Number(some), 0);
  passed += number(passing);
  failed += Math.max(number(failing), ok ? 0 : 1);
}

count(run('tests', 'test'), /^ +(\d+) passing/gm, /^ +(\d+) failing/gm);
count(run('gates', 'run', '--silent', 'check'), /^(\d+) passed, \d+ failed$/gm, /^\d+ passed, (\d+) failed$/gm);
for (const [title, ...args] of [
  ['figures of truth may only rise', 'run', '--silent', 'conformance', '--', '--ratchet'],
  ['README shows the figures', 'run', '--silent', 'conformance', '--', '--check-readme'],
  ['the package', 'run', '--silent', 'package'],
]) {
  const result = run(title, ...args);
  if (result.ok) passed++;
  else failed++;
}

for (const failure of failures) console.log(`\n${failure.trimEnd()}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
