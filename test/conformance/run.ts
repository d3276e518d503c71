// `npm run conformance`: answers every recorded question as our components would, and prints how true the answers are.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { answerTopic } from './answer.ts';
import { judge, type Figures } from './compare/judge.ts';
import { checkReadme, ratchet, updateFigures, writeReadme } from './figures.ts';
import { topicsIn } from './topics.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const shared = path.join(here, '../../../shared/conformance');
const copy = path.join(here, 'data');

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    topic: { type: 'string', default: '' },
    answers: { type: 'string' },
    show: { type: 'string', default: '0' },
    json: { type: 'string' },
    own: { type: 'boolean', default: false },
    ratchet: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
    readme: { type: 'boolean', default: false },
    'check-readme': { type: 'boolean', default: false },
  },
});

const data = path.resolve(values.data ?? (existsSync(shared) ? shared : copy));
const out = values.answers ? path.resolve(values.answers) : mkdtempSync(path.join(os.tmpdir(), 'applyscope-answers-'));
const part = path.relative(copy, data) === '' ? 'part' : 'full';

if (values.readme) writeReadme();
else if (values['check-readme']) process.exitCode = checkReadme() ? 0 : 1;
else process.exitCode = await main();

async function main(): Promise<number> {
  const bugs: string[] = [];
  let recorded = false;
  for (const topic of topicsIn(data, values.topic)) {
    const begin = performance.now();
    const answered = await answerTopic(topic, data, out);
    recorded ||= answered.recorded;
    bugs.push(...answered.bugs);
    console.error(`answered ${topic}: ${answered.cases} in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  }
  for (const bug of bugs.slice(0, 20)) console.error(`internal error in ${bug}`);
  if (!recorded) {
    console.log(`${data} holds questions only; the answers are in ${out}`);
    return bugs.length ? 1 : 0;
  }
  const figures = await judged();
  let code = bugs.length ? 1 : 0;
  if (values.update) updateFigures(part, figures);
  if (values.ratchet && !ratchet(part, figures)) code = 1;
  return code;
}

/** The figures by the judge where it is, else by our own comparison with the same relation. */
async function judged(): Promise<Figures[]> {
  const program = path.join(shared, 'compare/compare.mjs');
  if (values.own || !existsSync(program)) {
    return judge(data, out, {
      prefix: values.topic,
      show: Number(values.show),
      ...(values.json && { json: values.json }),
    });
  }
  const json = values.json ? path.resolve(values.json) : path.join(out, 'figures.json');
  spawnSync(process.execPath, [program, data, out, '--topic', values.topic, '--show', values.show, '--json', json], {
    stdio: 'inherit',
  });
  return (JSON.parse(readFileSync(json, 'utf8')) as { topics: Figures[] }).topics;
}
