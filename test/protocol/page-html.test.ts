// The policy of the panel's page, and that nothing which is put into the page can leave its place.
import assert from 'node:assert/strict';
import { pageHtml, type PageSources } from '../../src/protocol/page-html.ts';

const sources: PageSources = {
  ...{ script: 'run()', style: 'p {}', mermaid: 'https://files/mermaid.js', origin: 'https://files' },
  ...{ nonce: 'once', title: 'Apply <b>.yaml' },
};

const policyOf = (html: string) => /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

describe('the HTML of the panel', () => {
  it('runs what bears the nonce and nothing else, evaluates nothing, and asks nobody outside', () => {
    const policy = new Map(
      policyOf(pageHtml(sources))
        .split('; ')
        .map((one) => [one.split(' ')[0] ?? '', one.split(' ').slice(1).join(' ')]),
    );
    assert.equal(policy.get('default-src'), `'none'`);
    assert.equal(policy.get('script-src'), `'nonce-once'`);
    assert.equal(policy.get('style-src'), `'nonce-once'`);
    assert.deepEqual([...policy.keys()].sort(), [
      ...['default-src', 'font-src', 'img-src', 'script-src', 'style-src', 'style-src-attr'],
    ]);
    for (const [directive, allowed] of policy) {
      assert.doesNotMatch(allowed, /unsafe-eval|\*|https?:(?!\/\/files)/, directive);
    }
  });

  it('keeps what it is given in its place', () => {
    const html = pageHtml({ ...sources, script: 'say("</script><!--")', drawing: '"</script>"' });
    assert.match(html, /<title>Apply &lt;b&gt;\.yaml<\/title>/);
    assert.equal(html.match(/<\/script>/g)?.length, 2);
    assert.doesNotMatch(html, /<!--/);
  });
});
