// Every way that leads to the panel: the menus of the editor and the explorer, the editor's title, the palette.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { close, openWorkbench, type Session } from './session.ts';

describe('Simulate apply', () => {
  let session: Session;

  before(async () => {
    session = await openWorkbench({
      prepare: (workspace) => {
        for (const name of ['1-pending.yaml', '2-running.yaml'])
          cpSync(path.join(workspace, name), path.join(workspace, 'app', name));
      },
    });
    await session.workbench.openFile('2-running.yaml');
    await session.workbench.page.getByRole('button', { name: 'Simulate apply' }).first().waitFor();
  });

  after(() => close(session));

  /** The panel of this title shows a verdict; then it is closed. */
  async function untilShown(title: string, verdict: string): Promise<void> {
    const { page, panel } = session.workbench;
    const tab = page.getByRole('tab', { name: new RegExp(`^Apply ${title}`) });
    await tab.waitFor();
    await panel.locator('h1', { hasText: verdict }).waitFor();
    await tab.getByRole('button', { name: /^Close/ }).click();
    await tab.waitFor({ state: 'detached' });
  }

  it('is in the menu of the editor', async () => {
    const { workbench } = session;
    await workbench.choose(workbench.page.locator('.view-line', { hasText: 'kind: Deployment' }), 'Simulate apply');
    await untilShown('2-running.yaml', 'web is up, 3/3 ready');
  });

  it('is a button of the editor', async () => {
    await session.workbench.page.getByRole('button', { name: 'Simulate apply' }).first().click();
    await untilShown('2-running.yaml', 'web is up, 3/3 ready');
  });

  it('is in the palette', async () => {
    await session.workbench.command('Applyscope: Simulate apply');
    await untilShown('2-running.yaml', 'web is up, 3/3 ready');
  });

  it('takes a folder', async () => {
    const { workbench } = session;
    await workbench.choose(workbench.file('app'), 'Simulate apply');
    await untilShown('app/', 'training stays Pending');
  });

  it('takes several files', async () => {
    const { workbench } = session;
    await workbench.file('2-running.yaml').click();
    await workbench.file('3-refused.yaml').click({ modifiers: ['Control'] });
    await workbench.choose(workbench.file('3-refused.yaml'), 'Simulate apply');
    await untilShown('2 files', 'web is refused');
  });

  it('reports an issue to its makers, and nothing of what is open', async () => {
    const { page } = session.workbench;
    await session.workbench.command('Applyscope: Report Issue');
    const asked = page.locator('.monaco-dialog-box', { hasText: 'issues/new' });
    const address = decodeURIComponent((await asked.innerText()).replace(/\s/g, ''));
    await page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    assert.match(address, /https:\/\/github\.com\/applyscope\/applyscope\/issues\/new\?[^]*Extension version: 0\.1\.0/);
    for (const secret of [session.server.workspace, path.basename(session.server.workspace), '2-running', 'Deployment'])
      assert.ok(!address.includes(secret), secret);
  });

  it('is not offered for what is no manifest', async () => {
    const { workbench } = session;
    const { page } = workbench;
    await workbench.file('.applyscope').click();
    await workbench.file('cluster.yaml').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Rename/ }).waitFor();
    assert.equal(await page.getByRole('menuitem', { name: 'Simulate apply' }).count(), 0);
    await page.keyboard.press('Escape');
  });

  it('turns the panel that is in sight to what is simulated next, and leaves one alone that is pinned', async () => {
    const { workbench } = session;
    const { page, panel } = workbench;
    const panels = page.getByRole('tab', { name: /^Apply / });
    await workbench.choose(workbench.file('2-running.yaml'), 'Simulate apply');
    await panel.locator('h1', { hasText: 'web is up, 3/3 ready' }).waitFor();
    await workbench.choose(workbench.file('3-refused.yaml'), 'Simulate apply');
    await panel.locator('h1', { hasText: 'web is refused' }).waitFor();
    await page.getByRole('tab', { name: /^Apply 3-refused.yaml/ }).waitFor();
    assert.equal(await panels.count(), 1);
    await workbench.choose(panels, /^Pin\b/);
    await page.locator('.tab.sticky', { hasText: 'Apply 3-refused.yaml' }).waitFor();
    await workbench.choose(workbench.file('2-running.yaml'), 'Simulate apply');
    await page.getByRole('tab', { name: /^Apply 2-running.yaml/ }).waitFor();
    assert.equal(await panels.count(), 2);
  });
});
