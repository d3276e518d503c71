// The workbench as a person uses it: by what can be seen and pressed.
import path from 'node:path';
import { mkdirSync } from 'node:fs';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import type { Heard } from '../browser.ts';

/** Pictures of the last run, for people to look at. */
const pictures = path.resolve('.cache/screenshots');

export class Workbench {
  readonly page: Page & { heard: Heard };

  private constructor(page: Page & { heard: Heard }) {
    this.page = page;
  }

  static async open(page: Page & { heard: Heard }, address: string): Promise<Workbench> {
    await page.goto(address);
    const workbench = new Workbench(page);
    await workbench.file('1-pending.yaml').waitFor();
    return workbench;
  }

  /** A file or folder of the explorer. */
  file(name: string): Locator {
    return this.page.getByRole('treeitem', { name, exact: true }).first();
  }

  async openFile(name: string): Promise<void> {
    await this.file(name).dblclick();
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).waitFor();
  }

  /** Brings an open file to the front, in the group where it is. */
  async focusFile(name: string): Promise<void> {
    await this.page
      .getByRole('tab', { name: new RegExp(`^${name}`) })
      .first()
      .click();
  }

  /** Types what the pending sample lacks, as a person would. */
  async typeToleration(): Promise<void> {
    await this.focusFile('1-pending.yaml');
    await this.page.locator('.view-line', { hasText: 'nodeSelector:' }).click();
    await this.page.keyboard.press('Home');
    await this.page.keyboard.type('tolerations: [{key: dedicated, value: gpu, effect: NoSchedule}]\n');
  }

  async choose(on: Locator, item: string | RegExp): Promise<void> {
    await on.click({ button: 'right' });
    const entry = this.page.getByRole('menuitem', { name: item, exact: true });
    await entry.hover();
    // right after a menu has opened, the workbench takes a press for a part of the right click
    await eventually(async () => {
      if (await entry.isVisible()) await entry.click({ timeout: 1000 });
      await entry.waitFor({ state: 'detached', timeout: 1000 });
    });
  }

  /** Runs a command of the palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.fill(`>${title}`);
    await this.option(title).first().click();
  }

  get quickInput(): Locator {
    return this.page
      .locator('.quick-input-widget input[type="text"], .quick-input-widget .quick-input-box input')
      .first();
  }

  /** A line of the open quick pick. */
  option(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-widget').getByRole('option', { name: text });
  }

  /** The text of a picked line is typed, then taken. */
  async pick(text: string): Promise<void> {
    await this.option(text).first().waitFor();
    await this.quickInput.fill(text);
    await this.option(text).first().click();
  }

  /** The page of the panel that is in front. */
  get panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  get squiggles(): Locator {
    return this.page.locator('.squiggly-error');
  }

  async picture(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }
}
