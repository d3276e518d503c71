// Every finding has a page that explains it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { rules } from '../../src/analyzer/registry.ts';

/** Findings about texts and settings, which no rule makes. */
const others = ['yaml', 'kustomization', 'duplicate-key', 'template', 'unknown', 'ignore', 'cluster'];

describe('the pages of findings', () => {
  const ids = [...new Set([...rules.flatMap((rule) => rule.ids), ...others])];

  it('are there for each finding, and for nothing else', () => {
    assert.deepEqual(readdirSync('media/findings').sort(), ids.map((id) => `${id}.md`).sort());
  });

  it('say what is the matter and carry the finding’s id', () => {
    for (const id of ids) {
      const [title = '', , named, , ...text] = readFileSync(`media/findings/${id}.md`, 'utf8').split('\n');
      assert.match(title, /^# \S/, id);
      assert.equal(named, `\`${id}\``);
      assert.ok(text.join(' ').length > 60, id);
    }
  });
});
