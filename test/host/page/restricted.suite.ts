// A workspace that nobody trusts: manifests are simulated as everywhere, and kubectl is out of reach.
import assert from 'node:assert/strict';
import { close, openWorkbench, type Session } from './session.ts';

describe('an untrusted workspace', () => {
  let session: Session;

  before(async () => {
    const settings = { 'security.workspace.trust.startupPrompt': 'never' };
    session = await openWorkbench({ trust: true, settings });
  });

  after(() => close(session));

  it('has findings', async () => {
    const { workbench } = session;
    await workbench.page.getByText('Restricted Mode').first().waitFor();
    await workbench.openFile('1-pending.yaml');
    await workbench.squiggles.first().waitFor();
  });

  it('has no import from kubectl', async () => {
    const { workbench } = session;
    await workbench.page.keyboard.press('F1');
    await workbench.quickInput.fill('>Applyscope: ');
    await workbench.option('Applyscope: Choose Cluster…').first().waitFor();
    assert.equal(await workbench.option(/Import Cluster/).count(), 0);
    await workbench.page.keyboard.press('Escape');
  });
});
