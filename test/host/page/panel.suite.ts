// The panel as a person uses it, in a workbench with the samples: from the right click on the Pod that stays Pending to the one that runs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import { close, openWorkbench, type Session } from './session.ts';

interface Scrolled {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

describe('the panel', () => {
  let session: Session;
  const panel = () => session.workbench.panel;
  const headline = (text: string): Locator => panel().locator('h1', { hasText: text });
  const steps = () => panel().getByRole('listbox', { name: 'Steps' });
  const selected = () => panel().locator('.step[aria-selected=true]');

  before(async () => {
    session = await openWorkbench();
  });

  after(() => close(session));

  it('opens from the explorer’s menu beside the editor, on the verdict', async () => {
    const { workbench } = session;
    await workbench.openFile('1-pending.yaml');
    await workbench.squiggles.first().waitFor();
    await workbench.choose(workbench.file('1-pending.yaml'), 'Simulate apply');
    await headline('training stays Pending: no node takes it').waitFor();
    await panel().locator('svg line[data-et=message]').first().waitFor({ state: 'attached' });
    await panel().getByText('Node gpu-1 has the taint dedicated=gpu:NoSchedule').first().waitFor();
    await workbench.picture('panel-light');
  });

  it('explains the step that is clicked, and shows its line in the manifest', async () => {
    const { workbench } = session;
    await steps().locator('.step', { hasText: 'create Pod training' }).click();
    await panel().locator('.detail h2', { hasText: 'create Pod training' }).waitFor();
    await workbench.page.locator('.monaco-editor .selected-text').first().waitFor({ state: 'attached' });
  });

  it('is walked through with the arrow keys alone', async () => {
    const { page } = session.workbench;
    await steps().focus();
    const before = await selected().getAttribute('data-seq');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await panel().locator(`.step[aria-selected=true]:not([data-seq="${before}"])`).waitFor();
    // every control can be reached, and the focus leaves no trap
    const reached = new Set<string>();
    for (let presses = 0; presses < 25; presses++) {
      await page.keyboard.press('Tab');
      const focused = panel().locator(':focus').first();
      if (await focused.count()) reached.add(`${await focused.getAttribute('role')} ${await focused.textContent()}`);
    }
    assert.ok(reached.size > 4, [...reached].join(', '));
  });

  it('shows what each node says, and goes to the node', async () => {
    const { workbench } = session;
    await panel().getByRole('tab', { name: 'Nodes' }).click();
    await panel().locator('th button', { hasText: 'gpu-1' }).click();
    await workbench.page.getByRole('tab', { name: /^cluster.yaml/ }).waitFor();
    await workbench.picture('panel-nodes');
  });

  it('leads from its verdict to another cluster', async () => {
    const { workbench } = session;
    await panel().getByRole('button', { name: '.applyscope/cluster.yaml' }).click();
    await workbench.option('minikube').first().waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('copies the diagram, and saves it beside the manifest', async () => {
    const { workbench, server } = session;
    const { page } = workbench;
    await panel().getByRole('tab', { name: 'Sequence' }).click();
    await panel().getByRole('button', { name: 'Export…' }).click();
    await panel().getByText('Copy Mermaid').click();
    await page.locator('.statusbar', { hasText: 'Copied' }).waitFor();
    await panel().getByRole('button', { name: 'Export…' }).click();
    await panel().getByText('Diagram as SVG').click();
    await workbench.quickInput.waitFor();
    // the way there is written by and by
    await eventually(async () => assert.match(await workbench.quickInput.inputValue(), /1-pending\.svg$/));
    await page.keyboard.press('Enter');
    const file = path.join(server.workspace, '1-pending.svg');
    await eventually(() => assert.match(readFileSync(file, 'utf8'), /^<svg [^]*0\/3 nodes are available/));
  });

  it('sees Pending turn to Running while the missing toleration is typed', async () => {
    const { workbench } = session;
    await workbench.typeToleration();
    await headline('runs on gpu-1').waitFor();
    await workbench.squiggles.first().waitFor({ state: 'detached' });
    await workbench.picture('panel-running');
  });

  it('tells what kubectl would print at each moment of the time line', async () => {
    await panel().getByRole('tab', { name: 'kubectl' }).click();
    const output = panel().getByRole('tabpanel', { name: /kubectl/ });
    await output.getByText('Running').first().waitFor();
    const line = panel().locator('input[type=range]');
    const { x, y, width, height } = (await line.boundingBox())!;
    const { mouse } = session.workbench.page;
    await mouse.move(x + width - 8, y + height / 2);
    await mouse.down();
    await mouse.move(x + 2, y + height / 2, { steps: 5 });
    await mouse.up();
    await output.getByText('No resources found').first().waitFor();
    await line.focus();
    await session.workbench.page.keyboard.press('End');
    await output.getByText('Running').first().waitFor();
  });

  it('is as it was when it is looked at again', async () => {
    const { workbench } = session;
    const { page } = workbench;
    await panel().locator('h1').click();
    await workbench.openFile('2-running.yaml');
    await headline('runs on gpu-1').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: /^Apply 1-pending.yaml/ }).click();
    await headline('runs on gpu-1').waitFor();
    await panel().getByRole('tab', { name: 'kubectl', selected: true }).waitFor();
  });

  it('is there again after a reload, where it was', async () => {
    const { workbench } = session;
    const { page } = workbench;
    await workbench.focusFile('1-pending.yaml');
    await page.keyboard.press('Control+s');
    await Promise.all([page.waitForEvent('load'), workbench.command('Developer: Reload Window')]);
    await headline('runs on gpu-1').waitFor();
    await panel().getByRole('tab', { name: 'kubectl', selected: true }).waitFor();
  });

  it('can be used at a width of 400 pixels', async () => {
    const { workbench } = session;
    const { page } = workbench;
    // the side bar is folded away, and two editors share the width
    await page.keyboard.press('Control+b');
    await page.setViewportSize({ width: 860, height: 900 });
    await panel().getByRole('tab', { name: 'Sequence' }).click();
    await panel().locator('svg line[data-et=message]').first().waitFor({ state: 'attached' });
    await workbench.picture('panel-400');
    await eventually(async () => {
      const sideways = await panel()
        .locator('html')
        .evaluate((html) => (html as unknown as Scrolled).scrollWidth - (html as unknown as Scrolled).clientWidth);
      assert.ok(sideways <= 0, `the page scrolls sideways by ${sideways} pixels`);
    });
  });

  it('made no noise: no error, nothing refused, nothing asked of the network', () => {
    const { problems, outside } = session.workbench.page.heard;
    assert.deepEqual({ problems, outside }, { problems: [], outside: [] });
  });
});
