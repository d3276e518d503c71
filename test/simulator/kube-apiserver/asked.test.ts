// Questions beside the recorded ones that the real server was asked, in the recordings' form, each for a rule of its own. The answers
// have to be the same to the letter.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compareCase } from '../../conformance/compare/cases.ts';
import { answerCreate, answerUpdate, type ApiQuestion } from '../../conformance/topics/api-case.ts';

const lines = readFileSync(new URL('asked.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean);

describe('what else the real server was asked', () => {
  for (const line of lines) {
    const asked = JSON.parse(line) as ApiQuestion & Record<string, unknown>;
    it(`${asked.op} ${asked.base}: ${asked.change}`, () => {
      const { expect: _, ...question } = asked;
      const answer = asked.op === 'update' ? answerUpdate(question) : answerCreate(question);
      const topic = asked.op === 'update' ? 'api/updates' : 'api/validation-other';
      const { outcome, differences } = compareCase(topic, asked, answer as Record<string, unknown>);
      assert.equal(outcome, 'exact', JSON.stringify(differences.slice(0, 3), undefined, 1));
    });
  }
});
