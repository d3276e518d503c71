// Answers every case of a folder without reading what was recorded, and writes the answers in the judge's layout.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { questionOf, scenarioQuestion, type Case } from './compare/question.ts';
import { jsonLines } from './topics.ts';
import { answererOf, type AnswerFunction } from './topics/index.ts';
import { answerScenario } from './topics/flow.ts';

export interface Answered {
  readonly cases: number;
  /** Texts of what was thrown: our own bugs. */
  readonly bugs: readonly string[];
  /** The folder or file held recorded answers, so figures can be made. */
  readonly recorded: boolean;
}

export async function answerTopic(topic: string, data: string, out: string): Promise<Answered> {
  if (topic.startsWith('flow/')) return answerFlow(topic, data, out);
  const answer = await answererOf(topic);
  const lines: string[] = [];
  const bugs: string[] = [];
  let recorded = false;
  for await (const given of jsonLines(path.join(data, `${topic}.jsonl`)) as AsyncGenerator<Case>) {
    const question = questionOf(given);
    recorded ||= JSON.stringify(question) !== JSON.stringify(given);
    lines.push(JSON.stringify(answered(answer, question, bugs)));
  }
  const file = path.join(out, `${topic}.jsonl`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, lines.join('\n') + '\n');
  return { cases: lines.length, bugs, recorded };
}

function answered(answer: AnswerFunction, question: Case, bugs: string[]): unknown {
  try {
    return answer(question);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    bugs.push(`${question.id}: ${text}`);
    return { id: question.id, unknown: `internal error: ${text.split('\n')[0]}` };
  }
}

/** Runs a scenario in a folder that holds only its question. */
function answerFlow(topic: string, data: string, out: string): Answered {
  const folder = path.join(data, topic);
  const recorded = existsSync(path.join(folder, 'steps.json'));
  const workspace = mkdtempSync(path.join(os.tmpdir(), 'applyscope-flow-'));
  const question = path.join(workspace, path.basename(topic));
  const bugs: string[] = [];
  try {
    mkdirSync(question);
    for (const file of readdirSync(folder)) {
      if (file !== 'steps.json' && file !== 'audit.jsonl')
        copyFileSync(path.join(folder, file), path.join(question, file));
    }
    if (recorded) {
      const read = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as unknown;
      writeFileSync(
        path.join(question, 'commands.json'),
        JSON.stringify(scenarioQuestion(read('steps.json'), read('nodes.json'))),
      );
    }
    const { steps, audit, unknown } = answerScenario(question);
    const target = path.join(out, topic);
    mkdirSync(target, { recursive: true });
    writeFileSync(path.join(target, 'steps.json'), steps);
    writeFileSync(path.join(target, 'audit.jsonl'), audit);
    if (unknown.length) writeFileSync(path.join(target, 'unknown.json'), JSON.stringify(unknown, null, 1) + '\n');
  } catch (error) {
    bugs.push(`${topic}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
  return { cases: 1, bugs, recorded };
}
