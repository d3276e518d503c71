// The panel in VS Code for the Web: extension and server are web workers, and the page comes from another origin.
import assert from 'node:assert/strict';
import { openWeb } from './session.ts';
import type { Workbench } from './workbench.ts';

describe('the panel in VS Code for the Web', () => {
  let workbench: Workbench;
  let stop: () => Promise<void> = () => Promise.resolve();
  const headline = (text: string) => workbench.panel.locator('h1', { hasText: text });

  before(async () => {
    ({ workbench, stop } = await openWeb());
  });

  after(() => stop());

  it('opens from the explorer’s menu, with verdict and diagram', async () => {
    await workbench.openFile('1-pending.yaml');
    await workbench.squiggles.first().waitFor();
    await workbench.choose(workbench.file('1-pending.yaml'), 'Simulate apply');
    await headline('training stays Pending: no node takes it').waitFor();
    await workbench.panel.locator('svg line[data-et=message]').first().waitFor({ state: 'attached' });
    await workbench.picture('web-panel');
  });

  it('explains the step that is clicked, and shows its line in the manifest', async () => {
    const { panel, page } = workbench;
    await panel.locator('.step', { hasText: 'create Pod training' }).click();
    await panel.locator('.detail h2', { hasText: 'create Pod training' }).waitFor();
    await page.locator('.monaco-editor .selected-text').first().waitFor({ state: 'attached' });
  });

  it('loads what a tab needs when it is opened: nodes, kubectl, what is stored', async () => {
    const { panel } = workbench;
    await panel.getByRole('tab', { name: 'Nodes' }).click();
    await panel.getByText('dedicated=gpu:NoSchedule').first().waitFor();
    await panel.getByRole('tab', { name: 'kubectl' }).click();
    await panel
      .getByRole('tabpanel', { name: /kubectl/ })
      .getByText('kubectl get events')
      .waitFor();
    await panel.getByRole('tab', { name: 'Stored object' }).click();
    await panel.locator('.line.added', { hasText: 'restartPolicy' }).waitFor();
  });

  it('follows edits: Pending turns to Running', async () => {
    await workbench.typeToleration();
    await headline('runs on gpu-1').waitFor();
    await workbench.squiggles.first().waitFor({ state: 'detached' });
  });

  it('is there again after a reload, where it was', async () => {
    const { page, panel } = workbench;
    await page.keyboard.press('Control+s');
    // the samples are served: what was written is forgotten
    await Promise.all([page.waitForEvent('load'), workbench.command('Developer: Reload Window')]);
    await headline('training stays Pending').waitFor();
    await panel.getByRole('tab', { name: 'Stored object', selected: true }).waitFor();
  });

  it('explains a finding without leaving the editor', async () => {
    const { page } = workbench;
    await page.locator('.view-line', { hasText: 'spec:' }).locator('span', { hasText: 'spec' }).last().hover();
    await page.locator('.monaco-hover a', { hasText: 'unschedulable' }).first().click();
    await page.getByRole('tab', { name: /^unschedulable/ }).waitFor();
  });

  it('has no command that needs a process', async () => {
    const { page } = workbench;
    await page.keyboard.press('F1');
    await workbench.quickInput.fill('>Applyscope: ');
    await workbench.option('Applyscope: Choose Cluster…').first().waitFor();
    assert.equal(await workbench.option(/Import Cluster/).count(), 0);
    await page.keyboard.press('Escape');
  });

  it('made no noise: no error, nothing refused, nothing asked of the network', () => {
    const { problems, outside } = workbench.page.heard;
    assert.deepEqual({ problems, outside }, { problems: [], outside: [] });
  });
});
