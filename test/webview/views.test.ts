// Every view in every theme, and at the width of a narrow column: nobody is kept out, and nothing is wider than the window.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { eventually } from '../support/eventually.ts';
import { Stage, type OpenOptions, type PanelPage } from './page.ts';
import { closed, opened, pending, running } from './runs.ts';

/** What is in a tab once it is answered. */
const content = {
  ...{ sequence: '.detail h2', nodes: '.nodes td', kubectl: '.terminal pre', stored: '.line.added' },
  ...{ whatIf: '.field input', fixes: '.fix' },
};

const stage = new Stage();

describe('a view of the panel', function () {
  this.timeout(90_000);
  before(() => stage.start());
  after(() => stage.stop());

  const looks: readonly OpenOptions[] = [
    { theme: 'dark' },
    { theme: 'light' },
    { theme: 'highContrast' },
    { theme: 'dark', width: 400 },
  ];
  for (const look of looks) {
    const name = `${look.theme}${look.width ? `-${look.width}` : ''}`;
    it(`is accessible: ${name}`, async () => {
      mkdirSync('.cache/screenshots', { recursive: true });
      const views = {
        running: ['sequence', 'nodes', 'kubectl', 'stored'],
        pending: ['sequence', 'nodes', 'whatIf', 'fixes'],
      } as const;
      for (const [run, tabs] of Object.entries(views)) {
        const page = await opened(stage, run === 'running' ? running() : pending(), look);
        for (const tab of tabs) {
          await page.click(`#tab-${tab}`);
          await page.waitForSelector(`#panel-${tab} ${content[tab]}`);
          const what = `${tab}-${run}-${name}`;
          await page.screenshot({ path: `.cache/screenshots/${what}.png` });
          await eventually(async () => {
            if (!look.width) assert.deepEqual(await seriousFindings(page), [], what);
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(overflow <= 0, `${what} is wider than the window`);
          });
        }
        await closed(page);
      }
    });
  }
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds that keeps people out, as rule and element. */
async function seriousFindings(page: PanelPage): Promise<string[]> {
  await page.evaluate(axe);
  const run = `axe.run({ exclude: ['svg'] }, { resultTypes: ['violations'] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))))`;
  return (await page.evaluate(run)) as string[];
}
