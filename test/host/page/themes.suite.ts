// Every view of the panel in every theme: looked at by axe-core, and kept as a picture for people to look at.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { eventually } from '../../support/eventually.ts';
import { close, openWorkbench, type Session } from './session.ts';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** What is used of the page's window here. */
interface Styled {
  getComputedStyle(element: unknown): { readonly backgroundColor: string };
}

interface Scrolled {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

interface Boxed {
  querySelector(selector: string): Boxed | null;
  getBoundingClientRect(): Record<'left' | 'right' | 'top' | 'bottom', number>;
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What a tab shows once it has been answered. */
const views = {
  Sequence: 'svg line[data-et=message]',
  Nodes: '.nodes table',
  kubectl: '.terminal pre',
  Stored: '.code .line',
  'What if': '.what-if fieldset',
  Fixes: '#panel-fixes .fix',
} as const;

const themes = [
  ['Default Light Modern', 'vscode-light'],
  ['Default Dark Modern', 'vscode-dark'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light'],
] as const;

describe('the views of the panel', () => {
  let session: Session;
  const panel = () => session.workbench.panel;

  before(async () => {
    session = await openWorkbench();
    const { workbench } = session;
    await workbench.openFile('1-pending.yaml');
    await workbench.squiggles.first().waitFor();
    await workbench.choose(workbench.file('1-pending.yaml'), 'Simulate apply');
    await panel().getByRole('tab', { name: 'Fixes' }).waitFor();
  });

  after(() => close(session));

  for (const [theme, style] of themes) {
    it(`have no serious findings in ${theme}`, async () => {
      const { workbench, server } = session;
      server.writeSettings({ 'workbench.colorTheme': theme });
      await panel().locator(`body.${style}`).waitFor();
      await untilColoured(style.endsWith('light'));
      for (const tab of Object.keys(views) as (keyof typeof views)[]) {
        await show(tab);
        await workbench.picture(`view-${style}-${tab.replace(' ', '-')}`);
        await eventually(async () => assert.deepEqual(await seriousViolations(), [], `${tab} in ${theme}`));
      }
    });
  }

  it('do not scroll sideways at a width of 400 pixels, and all have their names in sight', async () => {
    const { workbench } = session;
    const { page } = workbench;
    // the side bar is folded away, and two editors share the width
    await page.keyboard.press('Control+b');
    await page.setViewportSize({ width: 860, height: 900 });
    for (const tab of Object.keys(views) as (keyof typeof views)[]) {
      await show(tab);
      await workbench.picture(`view-400-${tab.replace(' ', '-')}`);
      for (const part of ['html', '.tabs']) {
        await eventually(async () => {
          const over = await panel()
            .locator(part)
            .evaluate((one) => (one as unknown as Scrolled).scrollWidth - (one as unknown as Scrolled).clientWidth);
          assert.ok(over <= 0, `${part} of ${tab} scrolls sideways by ${over} pixels`);
        });
      }
    }
  });

  it('keep the menu of formats and the selected step in sight at a width of 320 pixels', async () => {
    const { workbench } = session;
    await workbench.page.setViewportSize({ width: 700, height: 900 });
    await show('Sequence');
    await eventually(async () => assert.ok(await isInside('.steps', '[aria-selected=true]'), 'the step is in sight'));
    await panel().getByRole('button', { name: 'Export…' }).click();
    await panel().getByRole('menuitem', { name: 'Report as Markdown' }).waitFor();
    await workbench.picture('view-320-export');
    assert.ok(await isInside('html', '.menu'), 'the menu is in sight');
    const rows = [panel().getByRole('button', { name: 'Export…' }), panel().getByRole('button', { name: 'Story' })];
    const [one, other] = await Promise.all(rows.map((row) => row.boundingBox()));
    assert.equal(one?.y, other?.y, 'the tools are one line');
  });

  /** Whether all of an element is within another. */
  const isInside = (outer: string, inner: string): Promise<boolean> =>
    panel()
      .locator(outer)
      .evaluate((around, selector) => {
        const [out, own] = [around as unknown as Boxed, (around as unknown as Boxed).querySelector(selector)].map(
          (one) => one?.getBoundingClientRect(),
        );
        if (!out || !own) return false;
        return own.left >= out.left && own.right <= out.right && own.top >= out.top - 1 && own.bottom <= out.bottom + 1;
      }, inner);

  async function show(tab: keyof typeof views): Promise<void> {
    await panel().getByRole('tab', { name: tab }).click();
    await panel().locator(views[tab]).first().waitFor({ state: 'attached' });
  }

  /** The class of a theme is there before its colours are. */
  const untilColoured = (isLight: boolean) =>
    eventually(async () => {
      const colour = await panel()
        .locator('body')
        .evaluate((body) => (globalThis as unknown as Styled).getComputedStyle(body).backgroundColor);
      const [red = NaN] = (/\d+/.exec(colour) ?? []).map(Number);
      assert.equal(red > 128, isLight, colour);
    });

  /** What axe-core finds in the page of the panel. */
  async function seriousViolations(): Promise<string[]> {
    const body = await panel().locator('body').elementHandle();
    const frame = await body?.ownerFrame();
    assert.ok(frame);
    // evaluated from outside, which the policy of the page does not concern
    await frame.evaluate(axe);
    return frame.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
      const { violations } = await axe.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    });
  }
});
