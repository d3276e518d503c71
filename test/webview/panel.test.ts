// The panel's page as a person uses it: the shipped bundles in a real browser, under the shipped policy, answered from the real views.
import assert from 'node:assert/strict';
import type { PanelState, ToExtension } from '../../src/protocol/webview.ts';
import { podText } from '../support/panel.ts';
import { eventually } from '../support/eventually.ts';
import { FakeExtension } from './extension.ts';
import { Stage, type OpenOptions, type PanelPage } from './page.ts';
import { closed, cluster, mistaken, opened, pending, picture, running } from './runs.ts';

const stage = new Stage();

const open = (extension: FakeExtension, options?: OpenOptions) => opened(stage, extension, options);

/** Waits until an element says something. */
const untilSays = (page: PanelPage, selector: string, text: RegExp) =>
  eventually(async () => assert.match((await page.textContent(selector)) ?? '', text));
const untilSelected = (page: PanelPage, text: RegExp) => untilSays(page, '.step[aria-selected=true]', text);
const last = <T extends ToExtension['type']>({ heard }: FakeExtension, type: T) =>
  heard.findLast((message): message is Extract<ToExtension, { type: T }> => message.type === type);

const scrolled = (): number[] => {
  const view = document.querySelector('.viewport');
  return [view?.scrollLeft ?? -1, view?.scrollTop ?? -1];
};

const untilInSight = (page: PanelPage, selector: string) =>
  eventually(async () => {
    const box = await page.locator(selector).first().boundingBox();
    const view = await page.locator('.viewport').boundingBox();
    assert.ok(box && view && box.y >= view.y && box.y + box.height <= view.y + view.height, `${selector} is in sight`);
  });

describe('the page of the panel', function () {
  this.timeout(90_000);
  before(() => stage.start());
  after(() => stage.stop());

  it('shows verdict, picture and steps of one run', async () => {
    const page = await open(running());
    await untilSays(page, '.banner h1', /^myapp runs on worker-1/);
    const arrows = await page.locator(`${picture} line[data-et=message]`).count();
    const numbers = await page.locator('.step:not(.note)').count();
    assert.equal(arrows, numbers);
    await untilSays(page, '.steps', /Schedule a node for every Pod/);
    await closed(page);
  });

  it('selects in the picture what is clicked in the list, and the other way round', async () => {
    const extension = running();
    const page = await open(extension);
    await page.click('.step:has-text("bind Pod")');
    await untilSays(page, `${picture} text.selected`, /^bind Pod myapp to worker-1$/);
    await untilSays(page, '.detail h2', /bind Pod/);
    await untilSays(page, '.detail', /POST \/api\/v1\/namespaces\/default\/pods\/myapp\/binding/);
    await page.locator(`${picture} text.messageText`, { hasText: 'pull nginx' }).first().click({ force: true });
    await untilSelected(page, /pull nginx/);
    await until(() => last(extension, 'reveal')?.place.range.start.line === 7);
    await closed(page);
  });

  it('begins where it went wrong, and says what was never reached', async () => {
    const page = await open(pending());
    await untilSelected(page, /0\/2 nodes are available/);
    await untilSays(page, '.never', /✗ Never reached: Run, Reach/);
    await untilInSight(page, `${picture} rect.note.selected`);
    await closed(page);
  });

  it('tells more on demand, and keeps the selection', async () => {
    const page = await open(running());
    await page.click('.step:has-text("bind Pod")');
    const before = await page.locator('.step').count();
    await page.click('[data-depth=wire]');
    await page.waitForFunction((count) => document.querySelectorAll('.step').length > count * 3, before);
    await untilSelected(page, /bind Pod/);
    await untilInSight(page, `${picture} text.selected`);
    await closed(page);
  });

  it('shows another run from where it matters', async () => {
    const extension = pending();
    const page = await open(extension, { height: 600 });
    await extension.edit(mistaken.replace('gpus', 'gpu'));
    await page.waitForSelector(`${picture} text:has-text("pull nginx")`, { state: 'attached' });
    // what runs begins at its beginning
    await eventually(async () => assert.deepEqual(await page.evaluate(scrolled), [0, 0]));
    await extension.edit(mistaken);
    await untilInSight(page, `${picture} rect.note.selected`);
    await closed(page);
  });

  it('says in one sentence that there is nothing to draw', async () => {
    const template = '{{- if .Values.on }}\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n{{- end }}\n';
    const page = await stage.open(new FakeExtension(template));
    await page.waitForSelector('text=Nothing is applied, so there is no flow to draw.');
    await page.waitForSelector('.viewport', { state: 'hidden' });
    await page.waitForSelector('.zoom', { state: 'hidden' });
    await closed(page);
  });

  it('opens what the verdict leaves out', async () => {
    const page = await open(pending(), { width: 400 });
    const height = async () => (await page.locator('.banner').boundingBox())?.height ?? 0;
    const before = await height();
    assert.ok(before < 200, `${before}px`);
    await page.click('.banner [aria-expanded=false]');
    await eventually(async () => assert.ok((await height()) > before));
    await page.click('.banner [aria-expanded=true]');
    await eventually(async () => assert.equal(await height(), before));
    await closed(page);
  });

  it('keeps the detail of the selected step in sight, also beside an editor', async () => {
    const page = await open(running(), { width: 540, height: 800 });
    await page.click('.step:has-text("bind Pod")');
    await untilSays(page, '.detail h2', /bind Pod/);
    await eventually(async () => {
      const boxes = [
        page.locator('.detail h2'),
        page.locator('.detail .teaching').first(),
        page.locator('.step[aria-selected=true]'),
      ];
      for (const one of boxes) {
        const box = await one.boundingBox();
        assert.ok(box && box.y >= 0 && box.y + box.height <= 800, JSON.stringify(box));
      }
    });
    await closed(page);
  });

  it('keeps the heads of the lanes in sight', async () => {
    const page = await open(running());
    await page.evaluate(() => document.querySelector('.viewport')?.scrollTo(0, 400));
    await eventually(async () => {
      const heads = await page.locator('.heads').boundingBox();
      const view = await page.locator('.viewport').boundingBox();
      assert.equal(Math.round(heads?.y ?? -1), Math.round(view?.y ?? -2));
    });
    await closed(page);
  });

  it('zooms, and fits', async () => {
    const page = await open(running(), { width: 700 });
    const width = async () => (await page.locator(picture).boundingBox())?.width ?? 0;
    const before = await width();
    await page.click('button[title="Larger"]');
    await eventually(async () => assert.ok((await width()) > before * 1.2));
    await page.click('button[title="The whole width"]');
    await eventually(async () => assert.ok((await width()) <= 700));
    await closed(page);
  });

  it('is dragged with the mouse', async () => {
    const page = await open(running(), { width: 700 });
    const { x, y, width, height } = (await page.locator('.viewport').boundingBox())!;
    await page.evaluate(() => document.querySelector('.viewport')?.scrollTo(0, 0));
    await page.mouse.move(x + width / 2, y + height - 20);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 - 80, y + height - 70, { steps: 4 });
    await page.mouse.up();
    await eventually(async () => assert.deepEqual(await page.evaluate(scrolled), [80, 50]));
    await closed(page);
  });

  it('keeps the selection and the place while edits are followed', async () => {
    const extension = running();
    const page = await open(extension, { height: 600 });
    await page.click('.step:has-text("bind Pod")');
    await eventually(async () => assert.ok(((await page.evaluate(scrolled))[1] ?? 0) > 0));
    await extension.edit(podText().replace('nginx', 'nginx:1.29'));
    await page.waitForSelector(`${picture} text:has-text("pull nginx:1.29")`, { state: 'attached' });
    await untilSelected(page, /bind Pod/);
    await untilInSight(page, `${picture} text.selected`);
    await closed(page);
  });

  it('shows why no node takes a Pod, and leads to the field and to the node', async () => {
    const extension = pending();
    const page = await open(extension);
    await page.click('#tab-nodes');
    await page.click('td:has-text("dedicated=gpu:NoSchedule") button');
    await until(() => last(extension, 'reveal')?.place.uri === 'file:///work/app.yaml');
    await page.click('th button:has-text("worker-2")');
    await until(() => last(extension, 'reveal')?.place.uri === 'file:///work/cluster.yaml');
    await closed(page);
  });

  it('draws how the Pods of a workload are spread', async () => {
    const twice = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}}
`;
    const page = await open(new FakeExtension(twice, { cluster }));
    await page.click('#tab-nodes');
    await page.waitForSelector('text=Deployment web: all 2 Pods have a node');
    await page.waitForSelector('tr:has-text("worker-2") .replicas:has-text("■■2 of these Pods")');
    await page.waitForSelector('tr:has-text("worker-1") .replicas:has-text("0 of these Pods")');
    await closed(page);
  });

  it('offers proven fixes, shows their run, and writes them', async () => {
    const extension = pending();
    const page = await open(extension);
    await page.click('#tab-nodes');
    const fix = page.locator('.nodes + .fixes .fix', { hasText: 'proven' }).first();
    await fix.locator('text=Apply').click();
    await until(() => last(extension, 'apply') !== undefined);
    await fix.locator('text=Show the run').click();
    await page.waitForSelector('h1:has-text("runs on worker-1")');
    await page.waitForSelector('#tab-sequence[aria-selected=true]');
    await page.click('text=Back to the files');
    await page.waitForSelector('h1:has-text("stays Pending")');
    await closed(page);
  });

  it('prints what kubectl would print, at every moment', async () => {
    const page = await open(running());
    await page.click('#tab-kubectl');
    await page.waitForSelector('pre:has-text("Running")');
    await page.locator('input[type=range]').fill('0');
    await page.waitForSelector('pre:has-text("No resources found")');
    await untilSays(page, '.moment', /^0 ms of 1\.5 s$/);
    await closed(page);
  });

  it('shows what the server stores, and who added it', async () => {
    const page = await open(running());
    await untilSays(page, '#tab-stored', /^Stored object \+\d+$/);
    await page.click('#tab-stored');
    const line = page.locator('.line.added', { hasText: 'restartPolicy' });
    assert.equal(await line.locator('.by').textContent(), 'defaulting');
    await closed(page);
  });

  it('tries taints, nodes and numbers at once, and writes them on demand', async () => {
    const extension = pending();
    const page = await open(extension);
    await page.click('#tab-whatIf');
    await page.click('vscode-checkbox:has-text("worker-1: dedicated=gpu:NoSchedule")');
    await page.waitForSelector('h1:has-text("runs on worker-1")');
    await page.click('text=Back to the files');
    await page.waitForSelector('h1:has-text("stays Pending")');
    await page.locator('.field', { hasText: 'app: cpu request' }).locator('input').fill('500m');
    await page.waitForSelector('h1:has-text("runs on worker-2")');
    await page.click('text=Write this to the files');
    await until(() => last(extension, 'apply')?.edits[0]?.edits[0]?.newText === '500m');
    await closed(page);
  });

  it('follows edits', async () => {
    const extension = pending();
    const page = await open(extension);
    await extension.edit(mistaken.replace('gpus', 'gpu'));
    await page.waitForSelector('h1:has-text("runs on worker-1")');
    await page.waitForSelector(`${picture} text:has-text("pull nginx")`, { state: 'attached' });
    await closed(page);
  });

  it('looks at other manifests from their beginning', async () => {
    const extension = pending();
    const page = await open(extension);
    await page.click('.step:has-text("create Pod myapp")');
    await page.click('#tab-kubectl');
    await page.locator('input[type=range]').fill('0');
    await extension.turnTo('file:///work/other.yaml', mistaken.replace('gpus', 'gpu'));
    await untilSays(page, '.banner h1', /runs on worker-1/);
    await page.waitForSelector('#tab-sequence[aria-selected=true]');
    await untilSelected(page, /kubectl apply/);
    await page.click('#tab-kubectl');
    await page.waitForSelector('pre:has-text("Running")');
    await closed(page);
  });

  it('survives a reload', async () => {
    const page = await open(running());
    await page.click('.step:has-text("bind Pod")');
    await page.click('[data-depth=flow]');
    await page.click('#tab-kubectl');
    const state = await eventually(async () => {
      const kept = (await page.evaluate('globalThis.keptState')) as PanelState;
      assert.deepEqual([kept.tab, kept.depth], ['kubectl', 'flow']);
      return kept;
    });
    await closed(page);
    const again = await stage.open(running(), { state });
    await again.waitForSelector('.terminal pre');
    await again.waitForSelector('#tab-kubectl[aria-selected=true]');
    await again.click('#tab-sequence');
    await again.waitForSelector('.step[aria-selected=true]:has-text("bind Pod")');
    await again.waitForSelector('[data-depth=flow][aria-pressed=true]');
    await closed(again);
  });

  it('shows at once what an earlier page has drawn, and draws what is asked for next', async () => {
    const extension = pending();
    const page = await open(extension);
    await until(() => extension.picture !== undefined);
    const drawn = await page.locator(picture).first().innerHTML();
    await closed(page);
    let letMermaidCome: () => void = () => undefined;
    const mermaidAfter = new Promise<void>((resolve) => (letMermaidCome = resolve));
    const again = await open(extension, { mermaidAfter });
    assert.equal(await again.locator(picture).first().innerHTML(), drawn);
    letMermaidCome();
    await again.click('[data-depth=flow]');
    await again.waitForFunction(
      ([selector, before]) => document.querySelector(selector!)?.innerHTML !== before,
      [picture, drawn],
    );
    await closed(again);
  });

  it('begins with what it has brought along, and goes on from there', async () => {
    const extension = new FakeExtension(mistaken.replace('name: app', 'name: app # </script><!--'), { cluster });
    extension.first = extension.run();
    const page = await open(extension);
    await untilSays(page, '.banner h1', /stays Pending/);
    await page.click('.step:has-text("create Pod myapp")');
    await untilSays(page, '.detail h2', /create Pod myapp/);
    await extension.edit(mistaken.replace('gpus', 'gpu'));
    await untilSays(page, '.banner h1', /runs on worker-1/);
    await closed(page);
  });

  it('copies Mermaid, saves SVG, PNG and a report', async () => {
    const extension = running();
    const page = await open(extension);
    await page.click('text=Export…');
    await page.click('text=Copy Mermaid');
    await until(() => last(extension, 'copy')?.text.startsWith('sequenceDiagram\n') === true);
    const save = async (item: string) => {
      const before = last(extension, 'save');
      await page.click('text=Export…');
      await page.click(`text=${item}`);
      await until(() => last(extension, 'save') !== before);
      return last(extension, 'save')?.content ?? '';
    };
    const svg = await save('Diagram as SVG');
    assert.match(svg, /^<svg [^]*<style>[^]*bind Pod myapp[^]*<\/svg>$/);
    assert.doesNotMatch(svg, /var\(--|class="hit/);
    const png = Buffer.from(await save('Diagram as PNG'), 'base64');
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.readUInt32BE(16) > 2000, 'twice the size');
    assert.match(await save('Report as Markdown'), /^# kubectl apply -f app\.yaml\n/);
    await closed(page);
  });

  it('can be walked by keyboard alone', async () => {
    const extension = running();
    const page = await open(extension);
    const at = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.className);
    const tabTo = async (wanted: string) => {
      for (let presses = 0; presses < 40; presses++) {
        if ((await at()) === wanted) return;
        await page.keyboard.press('Tab');
      }
      assert.fail(`no way to ${wanted}`);
    };
    await tabTo('steps');
    for (const key of ['End', 'Home', 'ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
    await untilSelected(page, /create Pod myapp/);
    assert.equal(last(extension, 'reveal'), undefined, 'arrow keys leave the editor alone');
    await page.keyboard.press('Enter');
    await until(() => last(extension, 'reveal') !== undefined);
    await page.focus('#tab-sequence');
    for (const tab of ['nodes', 'kubectl', 'stored', 'whatIf']) {
      await page.keyboard.press('ArrowRight');
      await eventually(async () => assert.equal(await at(), `tab-${tab}`));
      await page.waitForSelector(`#panel-${tab}`);
    }
    await closed(page);
  });
});

const until = (isTrue: () => boolean): Promise<void> =>
  eventually(() => assert.ok(isTrue(), `never came true: ${isTrue.toString()}`));
