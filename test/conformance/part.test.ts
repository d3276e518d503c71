// The project's own copy of the recordings, answered without seeing what was recorded: no figure may fall.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { answerTopic } from './answer.ts';
import { judge } from './compare/judge.ts';
import { fallen } from './figures.ts';
import { topicsIn } from './topics.ts';

const data = 'test/conformance/data';

describe('conformance with the real components, on the copy', () => {
  const answers = mkdtempSync(path.join(os.tmpdir(), 'applyscope-part-'));
  after(() => rmSync(answers, { recursive: true }));

  for (const topic of topicsIn(data)) {
    it(topic, async function () {
      this.timeout(60_000);
      const { bugs, cases } = await answerTopic(topic, data, answers);
      assert.deepEqual(bugs, []);
      assert.ok(cases > 0);
      const figures = (await judge(data, answers, { prefix: topic, quiet: true })).filter((one) => one.topic === topic);
      assert.deepEqual(fallen('part', figures), []);
    });
  }
});
