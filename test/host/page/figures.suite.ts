// How long a person waits, as VS Code measures it and as it is seen on the page. It is told beside its bar; how busy a machine is fails no test.
import assert from 'node:assert/strict';
import { close, openWorkbench, type Session } from './session.ts';

const bars = { activation: 50, firstDiagram: 600, laterDiagram: 150 };

describe('waiting', () => {
  let session: Session;

  before(async () => {
    session = await openWorkbench();
    await session.workbench.openFile('1-pending.yaml');
    await session.workbench.squiggles.first().waitFor();
  });

  after(() => close(session));

  /** Says a figure; that there is one is what is tested. */
  function judge(figure: keyof typeof bars, milliseconds: number): void {
    console.log(`      ${figure}: ${Math.round(milliseconds)} ms of ${bars[figure]} ms`);
    assert.ok(milliseconds > 0, figure);
  }

  async function untilDrawn(): Promise<number> {
    const { page, panel } = session.workbench;
    const begin = performance.now();
    await page.getByRole('button', { name: 'Simulate apply' }).first().click();
    await panel.locator('svg line[data-et=message]').first().waitFor({ state: 'attached' });
    return performance.now() - begin;
  }

  it('for the first diagram, and for later ones', async () => {
    judge('firstDiagram', await untilDrawn());
    const { page } = session.workbench;
    await page
      .getByRole('tab', { name: /^Apply 1-pending.yaml/ })
      .getByRole('button', { name: /^Close/ })
      .click();
    judge('laterDiagram', await untilDrawn());
  });

  it('for the extension', async () => {
    const { workbench } = session;
    await workbench.command('Developer: Show Running Extensions');
    const row = workbench.page.locator('.runtime-extensions-editor .extension', { hasText: 'Applyscope' });
    const text = await row.locator('.activation-time').innerText();
    judge('activation', Number(/(\d+)ms/.exec(text)?.[1]));
  });
});
