// Our own judge tells what differs, grants what the recordings' judge grants, and comes to the same figures.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compareCase } from './cases.ts';
import { compareScenario } from './flow.ts';
import { judge, type Figures } from './judge.ts';
import { questionOf } from './question.ts';

const data = 'test/conformance/data';
const theirs = '../shared/conformance/compare/compare.mjs';
const outcome = (topic: string, recorded: object, answer?: object) =>
  compareCase(topic, recorded as never, answer as never).outcome;

describe('questionOf', () => {
  it('lets nothing through that was recorded', () => {
    const given = {
      id: 'x',
      manifest: 'kind: Pod',
      expect: { code: 201 },
      stored: {},
      dump: 'd',
      hash: 'h',
      revision: 'r',
      collision: { 0: 'a', 7: 'b' },
      steps: [{ args: ['get'], exit: 0, stdout: 'out', stderr: '', anyOf: [] }],
      queries: [{ name: 'a', expect: {} }],
    };
    assert.deepEqual(questionOf(given), {
      id: 'x',
      manifest: 'kind: Pod',
      collisionCounts: ['0', '7'],
      steps: [{ args: ['get'] }],
      queries: [{ name: 'a' }],
    });
  });
});

describe('compareCase', () => {
  const refused = {
    expect: {
      code: 422,
      status: {
        message: 'a',
        details: {
          causes: [
            { field: 'b', message: '1' },
            { field: 'a', message: '2' },
          ],
        },
      },
    },
  };

  it('is strict about values and lists, free about the order of keys', () => {
    const recorded = { expect: { code: 201, object: { a: [1, 2], b: null } } };
    assert.equal(outcome('api/defaulting', recorded, { expect: { object: { a: [1, 2] }, code: 201 } }), 'exact');
    assert.equal(outcome('api/defaulting', recorded, { expect: { code: 201, object: { a: [2, 1] } } }), 'verdict');
    assert.equal(outcome('api/defaulting', recorded, { expect: { code: 400 } }), 'false');
    assert.equal(outcome('api/defaulting', recorded, { unknown: 'why' }), 'unknown');
    assert.equal(outcome('api/defaulting', recorded), 'missing');
  });

  it('takes any of the messages that were seen', () => {
    const recorded = { expect: { message: 'x', anyOf: ['x', 'y'], reason: 'SchedulerError' } };
    assert.equal(
      outcome('scheduling/volumes', recorded, { expect: { message: 'y', reason: 'SchedulerError' } }),
      'exact',
    );
    assert.equal(
      outcome('scheduling/volumes', recorded, { expect: { message: 'z', reason: 'SchedulerError' } }),
      'false',
    );
    const steps = { steps: [{ args: [], exit: 1, stdout: '', stderr: 'a', anyOf: ['a', 'b'] }] };
    assert.equal(outcome('api/kubectl', steps, { steps: [{ exit: 1, stdout: '', stderr: 'b' }] }), 'exact');
    assert.equal(outcome('api/kubectl', steps, { steps: [{ exit: 1, stdout: '', stderr: 'c' }] }), 'verdict');
    assert.equal(outcome('api/kubectl', steps, { steps: [{ exit: 0, stdout: '', stderr: 'c' }] }), 'false');
  });

  it('takes causes in any order only where it is chance', () => {
    const swapped = structuredClone(refused);
    swapped.expect.status.details.causes.reverse();
    swapped.expect.status.message = 'b';
    assert.equal(outcome('api/validation-pod', refused, swapped), 'verdict');
    const anyOrder = { expect: { ...refused.expect, anyOrder: true } };
    assert.equal(outcome('api/validation-pod', anyOrder, swapped), 'exact');
  });

  it('knows what matters most in a scheduling answer', () => {
    const node = (total: number) => ({ n1: { first: null, all: [], total } });
    const recorded = { expect: { scheduled: true, best: ['n1'], nodes: node(5) } };
    assert.equal(
      outcome('scheduling/scoring', recorded, { expect: { scheduled: true, best: ['n1'], nodes: node(6) } }),
      'verdict',
    );
    const other = { n1: { first: null, all: [{ plugin: 'X' }], total: 5 } };
    assert.equal(
      outcome('scheduling/scoring', recorded, { expect: { scheduled: true, best: ['n1'], nodes: other } }),
      'false',
    );
  });
});

describe('compareScenario', () => {
  const scenario = path.join(data, 'flow/deployment-service');
  const answered = (change: (steps: string, audit: string) => [string, string]) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'applyscope-compare-'));
    try {
      const read = (name: string) => readFileSync(path.join(scenario, name), 'utf8');
      const [steps, audit] = change(read('steps.json'), read('audit.jsonl'));
      writeFileSync(path.join(folder, 'steps.json'), steps);
      writeFileSync(path.join(folder, 'audit.jsonl'), audit);
      return compareScenario(scenario, folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('finds a recording equal to itself', () => {
    assert.deepEqual(answered((steps, audit) => [steps, audit]).differences, []);
  });

  it('lets equal nodes be exchanged with all their addresses', () => {
    const swap = (text: string) =>
      text.replace(
        /node1|node2|10\.244\.[01]\.|192\.168\.49\.1[12]/g,
        (found) =>
          ({
            node1: 'node2',
            node2: 'node1',
            '10.244.0.': '10.244.1.',
            '10.244.1.': '10.244.0.',
            '192.168.49.11': '192.168.49.12',
            '192.168.49.12': '192.168.49.11',
          })[found] ?? found,
      );
    assert.deepEqual(answered((steps, audit) => [swap(steps), swap(audit)]).differences, []);
  });

  it('tells a changed Event, a changed field, a changed text and a missing request', () => {
    const kinds = (change: (steps: string, audit: string) => [string, string]) =>
      answered(change).differences.map(({ kind }) => kind);
    assert.deepEqual(
      kinds((steps, audit) => [steps.replace('Scaled up replica set', 'Scaled down replica set'), audit]).slice(0, 1),
      ['events'],
    );
    assert.ok(
      kinds((steps, audit) => [
        steps.replace('"progressDeadlineSeconds":600', '"progressDeadlineSeconds":601'),
        audit,
      ]).includes('writes'),
    );
    assert.deepEqual(
      kinds((steps, audit) => [steps.replace('service/web created', 'service/web configured'), audit]),
      ['texts'],
    );
    const withoutBinding = (audit: string) =>
      audit
        .split('\n')
        .filter((_, i, all) => i !== all.findIndex((l) => l.includes('"binding"')))
        .join('\n');
    assert.deepEqual(
      kinds((steps, audit) => [steps, withoutBinding(audit)]),
      ['audit'],
    );
  });
});

describe('the figures', () => {
  it('are those of the recordings’ judge', async function () {
    if (!existsSync(theirs)) return this.skip();
    this.timeout(60_000);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'applyscope-figures-'));
    try {
      for (const topic of [
        'scheduling/taints',
        'api/validation-pod',
        'hashes/pod-template-hash',
        'network/dns',
        'api/kubectl',
      ]) {
        mkdirSync(path.dirname(path.join(folder, topic)), { recursive: true });
        const lines = readFileSync(path.join(data, `${topic}.jsonl`), 'utf8')
          .split('\n')
          .filter(Boolean);
        writeFileSync(path.join(folder, `${topic}.jsonl`), lines.map(mutated).join('\n'));
      }
      cpSync(path.join(data, 'flow/tutorial-pod'), path.join(folder, 'flow/tutorial-pod'), { recursive: true });
      const steps = path.join(folder, 'flow/tutorial-pod/steps.json');
      writeFileSync(steps, readFileSync(steps, 'utf8').replace('Pulling image', 'Pulled image'));
      const json = path.join(folder, 'theirs.json');
      spawnSync(process.execPath, [theirs, data, folder, '--json', json]);
      const expected = (JSON.parse(readFileSync(json, 'utf8')) as { topics: Figures[] }).topics;
      assert.deepEqual(await judge(data, folder, { quiet: true }), expected);
      assert.ok(expected.some(({ verdict, unknown, missing }) => verdict && unknown && missing));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Every fifth answer is missing, unknown, wrong in a detail, or wrong altogether. */
function mutated(line: string, i: number): string {
  const answer = JSON.parse(line) as { id: string; expect?: { message?: string; code?: number; scheduled?: boolean } };
  if (i % 5 === 1) return JSON.stringify({ id: answer.id, unknown: 'left open' });
  if (i % 5 === 2) return JSON.stringify({ ...answer, id: `${answer.id}-other` });
  if (i % 5 === 3) return line.replace(/"message":"/g, '"message":"!');
  if (i % 5 === 4 && answer.expect)
    answer.expect = { ...answer.expect, code: 599, scheduled: !answer.expect.scheduled };
  return JSON.stringify(answer);
}
