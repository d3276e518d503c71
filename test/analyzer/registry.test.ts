// Every rule is registered once, its ids are its own, and it has a test of its own.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rules } from '../../src/analyzer/registry.ts';

const folder = 'src/analyzer/rules';

const ruleFiles = readdirSync(folder)
  .filter((file) => /export const \w+: Rule\b/.test(readFileSync(`${folder}/${file}`, 'utf8')))
  .map((file) => file.replace('.ts', ''));

describe('the registry of rules', () => {
  it('has every rule file', () => {
    assert.equal(rules.length, ruleFiles.length);
    const registry = readFileSync('src/analyzer/registry.ts', 'utf8');
    for (const file of ruleFiles) assert.match(registry, new RegExp(`from './rules/${file}.ts'`));
  });

  it('gives an id to one rule only', () => {
    const ids = rules.flatMap((rule) => rule.ids);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const id of ids) assert.match(id, /^[a-z]+(-[a-z]+)*$/);
  });

  for (const file of ruleFiles) {
    it(`has a test of ${file} that names each of its ids`, () => {
      const test = `test/analyzer/rules/${file}.test.ts`;
      assert.ok(existsSync(test), `${test} is missing`);
      const rule = rules.find(({ ids }) => ids.every((id) => idsIn(file).includes(id)));
      assert.ok(rule, `no registered rule for ${file}`);
      const text = readFileSync(test, 'utf8');
      for (const id of rule.ids) assert.ok(text.includes(`'${id}'`), `${test} says nothing of ${id}`);
    });
  }
});

/** The ids that a rule's file gives it. */
function idsIn(file: string): string[] {
  const [, list = ''] = /ids: \[([^\]]*)\]/.exec(readFileSync(`${folder}/${file}.ts`, 'utf8')) ?? [];
  return [...list.matchAll(/'([^']+)'/g)].map(([, id = '']) => id);
}
