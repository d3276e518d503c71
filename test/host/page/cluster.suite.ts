// The cluster in the editor: what is shown of it, choosing another, making a file of a preset, importing with kubectl.
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../../support/eventually.ts';
import { close, openWorkbench, type Session } from './session.ts';

const kubectl = `#!/bin/sh
echo "$*" >> "$(dirname "$0")/kubectl.log"
case "$1 $2" in
  'config get-contexts') echo kind-dev ;;
  'config current-context') echo kind-dev ;;
  *) printf 'apiVersion: v1\\nkind: List\\nitems:\\n- apiVersion: v1\\n  kind: Node\\n  metadata:\\n    name: imported-1\\n' ;;
esac
`;

/** Waits until a file of the workspace says something. */
const untilWritten = ({ server }: Session, name: string, text: RegExp): Promise<void> =>
  eventually(() => assert.match(readFileSync(path.join(server.workspace, name), 'utf8'), text));

describe('the cluster', () => {
  let session: Session;

  before(async () => {
    session = await openWorkbench();
    await session.workbench.openFile('1-pending.yaml');
    await session.workbench.squiggles.first().waitFor();
  });

  after(() => close(session));

  it('is shown in the explorer, with taints and what is free', async () => {
    const { workbench } = session;
    const { page } = workbench;
    await workbench.openFile('2-running.yaml');
    const simulate = page.getByRole('button', { name: 'Simulate apply' });
    await simulate.waitFor();
    await page.getByRole('button', { name: /Simulated Cluster/ }).click();
    await page.getByRole('treeitem', { name: 'gpu-1 dedicated=gpu:NoSchedule' }).click();
    // the click went to the Node in its file, which is nothing to apply
    await page.getByRole('tab', { name: /^cluster.yaml/ }).waitFor();
    await simulate.waitFor({ state: 'detached' });
    await page.getByRole('treeitem', { name: 'gpu-1 dedicated=gpu:NoSchedule' }).press('ArrowRight');
    await page.getByRole('treeitem', { name: /cpu: 8 of 8 free/ }).waitFor();
    await workbench.picture('cluster-tree');
  });

  it('is named in the status of the language', async () => {
    const { page } = session.workbench;
    await page.locator('[id="status.languageStatus"]').first().click();
    await page.locator('.hover-language-status', { hasText: '.applyscope/cluster.yaml' }).first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('shows the Pods of the last run', async () => {
    const { workbench } = session;
    const { page } = workbench;
    await workbench.choose(workbench.file('2-running.yaml'), 'Simulate apply');
    await page.getByRole('treeitem', { name: /^worker-1 3 Pods/ }).waitFor();
    await page
      .getByRole('tab', { name: /^Apply 2-running.yaml/ })
      .getByRole('button', { name: /^Close/ })
      .click();
  });

  it('can be another: verdict and tree follow at once', async () => {
    const { workbench } = session;
    await workbench.openFile('1-pending.yaml');
    await workbench.command('Applyscope: Choose Cluster…');
    await workbench.pick('minikube');
    await untilWritten(session, '.vscode/settings.json', /"applyscope.cluster": "minikube"/);
    await workbench.page.getByRole('treeitem', { name: /^gpu-1/ }).waitFor({ state: 'detached' });
  });

  it('is written down with what was tried on a preset', async () => {
    const { workbench } = session;
    const { page, panel } = workbench;
    await workbench.choose(workbench.file('1-pending.yaml'), 'Simulate apply');
    await panel.getByRole('tab', { name: 'What if' }).click();
    await panel.getByText('+ one like it').click();
    await panel.getByText('Write this to the files').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
    await untilWritten(session, '.applyscope/cluster.yaml', /name: minikube-2\n/);
    await page
      .getByRole('treeitem', { name: /^minikube-2/ })
      .first()
      .waitFor();
    // the panel is in sight, and has gone on to the file
    await panel.getByRole('button', { name: '.applyscope/cluster.yaml' }).waitFor();
    await panel.getByText('This is tried, not written.').waitFor({ state: 'hidden' });
    await workbench.picture('written-what-if');
  });

  it('is written down from a preset, asks before it replaces one, and is used then', async () => {
    const { workbench } = session;
    await workbench.command('Applyscope: Create Cluster File from a Preset…');
    await workbench.pick('eks-like');
    await workbench.page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
    await untilWritten(session, '.applyscope/cluster.yaml', /us-west-2a/);
    await untilWritten(session, '.vscode/settings.json', /^(?![^]*applyscope.cluster)/);
    await workbench.page
      .getByRole('treeitem', { name: /us-west-2/ })
      .first()
      .waitFor();
  });

  it('is imported with the user’s own kubectl, which is never asked for Secrets', async () => {
    const { workbench, server } = session;
    rmSync(path.join(server.workspace, '.applyscope'), { recursive: true });
    const program = path.join(server.workspace, '../kubectl');
    writeFileSync(program, kubectl);
    chmodSync(program, 0o755);
    server.writeSettings({ 'applyscope.kubectl.path': program });
    // until the editor has noticed the setting there is another kubectl, or none
    const kinds = workbench.page.locator('.quick-input-list').getByText('nodes', { exact: true });
    for (let tries = 0; tries < 8 && !(await kinds.isVisible()); tries++) {
      await workbench.page.keyboard.press('Escape');
      await workbench.command('Applyscope: Import Cluster from kubectl…');
      await kinds.waitFor({ timeout: 5000 }).catch(() => undefined);
    }
    await kinds.waitFor();
    await workbench.picture('import-kinds');
    await workbench.page.keyboard.press('Enter');
    await untilWritten(session, '.applyscope/cluster.yaml', /imported-1/);
    const log = readFileSync(path.join(server.workspace, '../kubectl.log'), 'utf8');
    assert.match(log, /^get nodes,namespaces,pods,\S+ --all-namespaces --output=yaml --context=kind-dev/m);
    assert.doesNotMatch(log, /secret/i);
  });

  it('made no noise', () => {
    const { problems, outside } = session.workbench.page.heard;
    assert.deepEqual({ problems, outside }, { problems: [], outside: [] });
  });
});
