// Copies a part of the recordings into the project, so that a plain clone can test itself: `npm run generate`.
// With --check it says whether the copy is still what it would write.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { topicsIn } from './topics.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const shared = path.join(here, '../../../shared/conformance');
const copy = path.join(here, 'data');

/** Bytes of cases a topic may take, by its area; cases are taken evenly over the whole topic. */
const budgets: Readonly<Record<string, number>> = { scheduling: 60_000, hashes: 90_000, api: 90_000, network: 30_000 };
const scenarios = [
  ...['tutorial-pod', 'pod-three-nodes', 'pod-control-plane', 'pending-taint-1-node', 'pending-taint-3-nodes'],
  ...['pending-taint-partly-tolerated', 'pending-taint-removed', 'deployment-service', 'service-no-endpoints'],
];

const check = process.argv.includes('--check');
if (!existsSync(shared)) {
  console.error('the recordings are not here: nothing to copy, nothing to compare');
} else if (check) {
  const stale = [...filesOf()].filter(
    ([file, text]) => !existsSync(path.join(copy, file)) || readFileSync(path.join(copy, file), 'utf8') !== text,
  );
  for (const [file] of stale) console.error(`test/conformance/data/${file} is not current`);
  process.exitCode = stale.length ? 1 : 0;
} else {
  rmSync(copy, { recursive: true, force: true });
  for (const [file, text] of filesOf()) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    writeFileSync(path.join(copy, file), text);
  }
}

/** File name → content of everything the copy holds. */
function* filesOf(): Generator<[string, string]> {
  for (const topic of topicsIn(shared)) {
    const [area = '', name = ''] = topic.split('/');
    if (area === 'flow') {
      if (!scenarios.includes(name)) continue;
      for (const file of readdirSync(path.join(shared, topic))) {
        yield [path.join(topic, file), readFileSync(path.join(shared, topic, file), 'utf8')];
      }
      continue;
    }
    const lines = readFileSync(path.join(shared, `${topic}.jsonl`), 'utf8')
      .split('\n')
      .filter(Boolean);
    yield [`${topic}.jsonl`, spread(lines, budgets[area] ?? 0).join('\n') + '\n'];
  }
}

/** Lines taken at even distances, as many as fit. */
function spread(lines: readonly string[], budget: number): string[] {
  const average = lines.reduce((sum, line) => sum + line.length + 1, 0) / lines.length;
  const step = Math.max(1, Math.ceil((average * lines.length) / budget));
  return lines.filter((_, i) => i % step === 0);
}
