// A finding as a person meets it: under the field, and from there to what it means.
import { close, openWorkbench, type Session } from './session.ts';

describe('a finding', () => {
  let session: Session;

  before(async () => {
    session = await openWorkbench();
  });

  after(() => close(session));

  it('leads from its hover to the page that explains it', async () => {
    const { workbench } = session;
    const { page } = workbench;
    await workbench.openFile('1-pending.yaml');
    await workbench.squiggles.first().waitFor();
    const field = page.locator('.view-line', { hasText: 'spec:' }).locator('span', { hasText: 'spec' }).last();
    const link = page.locator('.monaco-hover a', { hasText: 'unschedulable' }).first();
    // VS Code drops a hover when the editor changes under it; a person moves the mouse again
    for (let attempt = 0; attempt < 10 && !(await link.isVisible()); attempt++) {
      await page.mouse.move(0, 0);
      await field.hover();
      await link.waitFor({ timeout: 5000 }).catch(() => undefined);
    }
    await link.click();
    await page.getByRole('tab', { name: /^unschedulable/ }).waitFor();
    // as it is read, not as it is written
    await workbench.panel.getByRole('heading', { name: 'No node takes the Pod' }).waitFor();
    await workbench.picture('explanation');
  });
});
