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
    await page.locator('.view-line', { hasText: 'spec:' }).locator('span', { hasText: 'spec' }).last().hover();
    await page.locator('.monaco-hover a', { hasText: 'unschedulable' }).first().click();
    await page.getByRole('tab', { name: /^unschedulable/ }).waitFor();
    // as it is read, not as it is written
    await workbench.panel.getByRole('heading', { name: 'No node takes the Pod' }).waitFor();
    await workbench.picture('explanation');
  });
});
