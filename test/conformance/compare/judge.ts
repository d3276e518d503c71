// Our own judge, for clones without the recordings' judge: the same relation, the same figures.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jsonLines, topicsIn } from '../topics.ts';
import { compareCase } from './cases.ts';
import { compareScenario } from './flow.ts';

/** Of a topic: cases (or, of a scenario, records), and how many of them are answered how well. */
export interface Figures {
  topic: string;
  cases: number;
  exact: number;
  verdict: number;
  unknown: number;
  missing: number;
  records?: Record<string, { exact: number; total: number }>;
}

interface JudgeOptions {
  readonly prefix?: string;
  /** How many differences of a topic are printed. */
  readonly show?: number;
  readonly json?: string;
  /** Print nothing. */
  readonly quiet?: boolean;
}

export async function judge(
  data: string,
  answers: string,
  { prefix = '', show = 0, json, quiet = false }: JudgeOptions,
): Promise<Figures[]> {
  const all: Figures[] = [];
  for (const topic of topicsIn(data, prefix)) {
    const report = reporter(topic, show);
    const figures = topic.startsWith('flow/')
      ? judgeScenario(topic, data, answers, report)
      : await judgeCases(topic, data, answers, report);
    all.push(figures);
    if (quiet) continue;
    const { cases, exact, verdict, unknown, missing } = figures;
    const percent = cases ? ((100 * exact) / cases).toFixed(1) : '-';
    console.log(
      `${topic.padEnd(44)} exact ${exact}/${cases} (${percent} %)  verdict ${verdict}  unknown ${unknown}  missing ${missing}`,
    );
  }
  if (json) writeFileSync(json, JSON.stringify({ topics: all }, null, 1));
  return all;
}

type Report = (where: string, recorded: unknown, answer: unknown) => void;

function reporter(topic: string, show: number): Report {
  let left = show;
  const text = (value: unknown) => (value === undefined ? '(nothing)' : JSON.stringify(value).slice(0, 400));
  return (where, recorded, answer) => {
    if (left-- <= 0) return;
    console.log(`  ${topic} ${where}\n    recorded ${text(recorded)}\n    answer   ${text(answer)}`);
  };
}

async function judgeCases(topic: string, data: string, answers: string, report: Report): Promise<Figures> {
  const given = new Map<string, Record<string, unknown>>();
  for await (const answer of jsonLines(path.join(answers, `${topic}.jsonl`)) as AsyncGenerator<
    Record<string, unknown>
  >) {
    given.set(String(answer.id), answer);
  }
  const figures: Figures = { topic, cases: 0, exact: 0, verdict: 0, unknown: 0, missing: 0 };
  for await (const recorded of jsonLines(path.join(data, `${topic}.jsonl`)) as AsyncGenerator<
    Record<string, unknown>
  >) {
    figures.cases++;
    const { outcome, differences } = compareCase(topic, recorded, given.get(String(recorded.id)));
    if (outcome === 'exact') figures.exact++;
    if (outcome === 'exact' || outcome === 'verdict') figures.verdict++;
    else if (outcome !== 'false') figures[outcome]++;
    const [first] = differences;
    if (first) report(`${String(recorded.id)} ${first.at}`, first.recorded, first.answer);
  }
  return figures;
}

function judgeScenario(topic: string, data: string, answers: string, report: Report): Figures {
  const empty: Figures = { topic, cases: 0, exact: 0, verdict: 0, unknown: 0, missing: 0 };
  if (!existsSync(path.join(answers, topic, 'steps.json'))) return { ...empty, cases: 1, missing: 1 };
  const { records, differences } = compareScenario(path.join(data, topic), path.join(answers, topic));
  for (const { kind, where, recorded, answer } of differences) report(`${kind} ${where}`, recorded, answer);
  const sum = (of: 'exact' | 'total') => Object.values(records).reduce((total, record) => total + record[of], 0);
  return { ...empty, cases: sum('total'), exact: sum('exact'), verdict: sum('exact'), records };
}
