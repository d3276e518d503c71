// The runs that the page is tested with: one that runs, and one that stays Pending.
import assert from 'node:assert/strict';
import { nodeText } from '../support/apply.ts';
import { podText } from '../support/panel.ts';
import { FakeExtension } from './extension.ts';
import type { OpenOptions, PanelPage, Stage } from './page.ts';

export const cluster =
  nodeText('worker-1', { taint: 'dedicated=gpu:NoSchedule', cpu: '8' }) + nodeText('worker-2', { cpu: '1' });
const request = '    resources: {requests: {cpu: 2}}\n';
export const mistaken = podText('  tolerations:\n  - {key: dedicated, value: gpus, effect: NoSchedule}\n', request);
export const picture = 'svg.sequence:not(.heads)';

export const running = () => new FakeExtension(podText());
export const pending = () => new FakeExtension(mistaken, { cluster });

/** A page that shows its diagram. */
export async function opened(stage: Stage, extension: FakeExtension, options: OpenOptions = {}): Promise<PanelPage> {
  const page = await stage.open(extension, options);
  await page.waitForSelector(picture, { state: 'attached' });
  return page;
}

export async function closed(page: PanelPage): Promise<void> {
  assert.deepEqual(page.problems, []);
  await page.close();
}
