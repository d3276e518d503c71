// How long a person waits, as VS Code measures it and as it is seen on the page. It is told beside its bar, and beside what VS Code itself
// takes in the same minute for an extension and a panel that do nothing; how busy a machine is fails no test.
import assert from 'node:assert/strict';
import { close, openWorkbench, type Session } from './session.ts';

const bars = { activation: 50, firstDiagram: 600, laterDiagram: 150 };

describe('waiting', () => {
  let session: Session;

  before(async () => {
    session = await openWorkbench({ beside: 'test/host/nothing' });
    await session.workbench.openFile('1-pending.yaml');
    await session.workbench.squiggles.first().waitFor();
  });

  after(() => close(session));

  /** Says figures; that they are numbers is what is tested: what does nothing may take less than a millisecond. */
  function judge(figure: keyof typeof bars, own: number, nothing: number): void {
    const [all, floor] = [own, nothing].map(Math.round);
    console.log(`      ${figure}: ${all} ms of ${bars[figure]} ms; nothing at all takes ${floor} ms here`);
    assert.ok(own >= 0 && nothing >= 0, `${figure}: ${own} and ${nothing}`);
  }

  /** Milliseconds from a button to what it brings into the panel, and closes the panel. */
  async function untilShown(button: string, content: string, tab: RegExp): Promise<number> {
    const { page, panel } = session.workbench;
    const begin = performance.now();
    await page.getByRole('button', { name: button }).first().click();
    await panel.locator(content).first().waitFor({ state: 'attached' });
    const time = performance.now() - begin;
    await page
      .getByRole('tab', { name: tab })
      .getByRole('button', { name: /^Close/ })
      .click();
    await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
    return time;
  }

  const diagram = () => untilShown('Simulate apply', 'svg line[data-et=message]', /^Apply 1-pending.yaml/);
  const nothing = () => untilShown('Open Nothing', 'p.nothing', /^Nothing/);

  it('for the first diagram, and for later ones', async () => {
    // what a window's first webview takes more, whosever it is, is counted as ours
    judge('firstDiagram', await diagram(), await nothing());
    judge('laterDiagram', await diagram(), await nothing());
  });

  it('for the extension', async () => {
    const { workbench } = session;
    await workbench.command('Developer: Show Running Extensions');
    const timeOf = async (name: string) => {
      const row = workbench.page.locator('.runtime-extensions-editor .extension', { hasText: name });
      const time = row.locator('.activation-time', { hasText: /\d+ms/ });
      return Number(/(\d+)ms/.exec(await time.innerText())?.[1]);
    };
    judge('activation', await timeOf('Applyscope'), await timeOf('Nothing'));
  });
});
