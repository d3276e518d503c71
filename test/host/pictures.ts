// `npm run pictures`: makes the pictures of the README from the real thing: the packaged extension in a VS Code, on the samples.
import { mkdirSync, writeFileSync } from 'node:fs';
import { animation, type Frame } from './animation.ts';
import { launch } from './browser.ts';
import { packageExtension } from './package.ts';
import { begin, close, openWorkbench } from './page/session.ts';
import { installTools } from './tools.ts';

const folder = 'media/screenshots';
const size = { viewport: { width: 1280, height: 800 } };

const tools = installTools();
packageExtension();
mkdirSync(folder, { recursive: true });
const browser = await launch(tools);
begin({ tools, browser });
try {
  await pictures('Default Light Modern', 'light');
  await pictures('Default Dark Modern', 'dark');
} finally {
  await browser.close();
}

async function pictures(theme: string, name: string): Promise<void> {
  const session = await openWorkbench(
    { settings: { 'workbench.colorTheme': theme, 'editor.minimap.enabled': false } },
    size,
  );
  const { workbench } = session;
  const { page, panel } = workbench;
  const frames: Frame[] = [];
  const frame = async (milliseconds: number) => {
    await page.waitForTimeout(400);
    frames.push({ png: await page.screenshot(), milliseconds });
  };
  await workbench.openFile('1-pending.yaml');
  await workbench.squiggles.first().waitFor();
  await frame(1500);
  await workbench.file('1-pending.yaml').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Simulate apply', exact: true }).hover();
  await frame(1200);
  await page.getByRole('menuitem', { name: 'Simulate apply', exact: true }).click();
  await panel.locator('svg line[data-et=message]').first().waitFor({ state: 'attached' });
  await frame(3000);
  await panel.getByRole('tab', { name: 'Nodes' }).click();
  await panel.locator('.nodes table').waitFor();
  await frame(3000);
  if (name === 'light') await page.screenshot({ path: `${folder}/nodes-light.png` });
  await panel.locator('.fix', { hasText: 'proven' }).first().getByText('Apply', { exact: true }).click();
  await panel.locator('h1', { hasText: 'runs on gpu-1' }).waitFor();
  await panel.getByRole('tab', { name: 'Sequence' }).click();
  await frame(4000);
  if (name === 'dark') await page.screenshot({ path: `${folder}/running-dark.png` });
  else writeFileSync(`${folder}/first-minute.png`, animation(frames));
  await close(session);
}
