// From the command to the drawn diagram, as the page takes it: the run, its view, and the picture in a real browser.
import { runView } from '../../src/features/panel/index.ts';
import { panelRun, podText } from '../support/panel.ts';
import { FakeExtension } from '../webview/extension.ts';
import { Stage } from '../webview/page.ts';

const picture = 'svg.sequence:not(.heads)';

/** Milliseconds: of an empty page to its first diagram, and of another run to its diagram; medians. */
export async function diagramTimes(): Promise<{ readonly first: number; readonly later: number }> {
  const stage = new Stage();
  await stage.start();
  // what a server that has been used has ready
  for (let warm = 0; warm < 20; warm++) runView(panelRun(podText()));
  const firsts: number[] = [];
  const laters: number[] = [];
  try {
    for (let sample = 0; sample < 5; sample++) {
      const extension = new FakeExtension(podText());
      const begin = performance.now();
      const page = await stage.open(extension);
      await page.waitForSelector(picture, { state: 'attached' });
      firsts.push(performance.now() - begin);
      for (let edit = 0; edit < 5; edit++) {
        const image = `nginx:1.${edit}`;
        const again = performance.now();
        await extension.edit(podText().replace('nginx', image));
        await page.waitForSelector(`${picture} text:has-text("pull ${image}")`, { state: 'attached' });
        laters.push(performance.now() - again);
      }
      await page.close();
    }
  } finally {
    await stage.stop();
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
  return { first: median(firsts), later: median(laters) };
}
