// The first minute of somebody who has just installed it: the walkthrough opens the samples, and ticks off what was done.
import { close, openWorkbench, type Session } from './session.ts';

describe('the walkthrough', () => {
  let session: Session;

  before(async () => {
    session = await openWorkbench();
    // the extension is active, as it is where there are manifests
    await session.workbench.openFile('2-running.yaml');
    await session.workbench.page.getByRole('button', { name: 'Simulate apply' }).first().waitFor();
  });

  after(() => close(session));

  it('opens a sample, which has its finding at once', async () => {
    const { workbench } = session;
    const { page } = workbench;
    await workbench.command('Welcome: Open Walkthrough...');
    await workbench.pick('See what kubectl apply will do');
    const steps = page.locator('.gettingStartedContainer');
    await steps.getByText('A Pod that stays Pending').first().waitFor();
    await workbench.picture('walkthrough');
    await steps.getByRole('button', { name: 'Open the Pod' }).first().click();
    await page.getByRole('tab', { name: /^1-pending.yaml/ }).waitFor();
    await workbench.squiggles.first().waitFor();
    await workbench.picture('walkthrough-sample');
  });
});
