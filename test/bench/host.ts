// How long a person waits in a real VS Code, by the clock of its extension host: its own marks and ours. An extension and a panel that do nothing
// stand beside the figures: what VS Code takes for these is in them as well.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { launch, openPage } from '../host/browser.ts';
import { packageExtension } from '../host/package.ts';
import { Workbench } from '../host/page/workbench.ts';
import { installTools, missingHere } from '../host/tools.ts';
import { startServer } from '../host/vscode-server.ts';
import { eventually } from '../support/eventually.ts';
import { inMs, type Row } from './row.ts';

interface Mark {
  readonly name: string;
  /** Milliseconds. */
  readonly startTime: number;
}

/** Of each kind. */
const windows = 5;

/** Medians of as many windows with our panel as with an empty one. */
export async function hostRows(): Promise<Row[]> {
  if (missingHere !== undefined) return [];
  const tools = installTools();
  packageExtension();
  const browser = await launch(tools);
  const server = await startServer(tools, { beside: 'test/host/nothing' });
  const inWindow = async (work: (workbench: Workbench) => Promise<void>): Promise<Mark[]> => {
    const workbench = await Workbench.open(await openPage(browser), server.address());
    await workbench.openFile('1-pending.yaml');
    await workbench.squiggles.first().waitFor();
    // whoever reads what is marked has been there for a while
    await workbench.page.waitForTimeout(1500);
    await work(workbench);
    const file = path.join(server.workspace, 'marks.json');
    rmSync(file, { force: true });
    await workbench.command('Write Marks');
    const marks = await eventually(() => JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '') as Mark[]);
    await workbench.page.context().close();
    return marks;
  };
  try {
    const ours: Mark[][] = [];
    const empty: Mark[][] = [];
    for (let window = 0; window < windows; window++) {
      ours.push(await inWindow(simulateAll));
      empty.push(await inWindow(openNothing));
    }
    return rowsOf(ours, empty);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The first panel of a window, which turns to other manifests then. */
async function simulateAll(workbench: Workbench): Promise<void> {
  const { page, panel } = workbench;
  for (const [file, verdict] of [
    ['1-pending.yaml', 'stays Pending'],
    ['2-running.yaml', 'is up'],
    ['3-refused.yaml', 'is refused'],
  ] as const) {
    if (file !== '1-pending.yaml') await workbench.openFile(file);
    await page.waitForTimeout(500);
    await page.getByRole('button', { name: 'Simulate apply' }).first().click();
    await panel.locator('h1', { hasText: verdict }).waitFor();
    await panel.locator('svg line[data-et=message]').first().waitFor({ state: 'attached' });
    await page.waitForTimeout(500);
  }
}

async function openNothing({ page, panel }: Workbench): Promise<void> {
  await page.getByRole('button', { name: 'Open Nothing' }).first().click();
  await panel.locator('p.nothing').waitFor({ state: 'attached' });
  await page.waitForTimeout(500);
}

function rowsOf(ours: readonly Mark[][], empty: readonly Mark[][]): Row[] {
  const activation = (extension: string) =>
    median(
      [...ours, ...empty].map(
        (marks) =>
          sum(
            between(marks, `${host}/willLoadExtensionCode/${extension}`, `${host}/didLoadExtensionCode/${extension}`),
          ) +
          sum(
            between(marks, `${host}/willActivateExtension/${extension}`, `${host}/didActivateExtension/${extension}`),
          ),
      ),
    );
  const diagrams = ours.map((marks) => between(marks, 'applyscope/willSimulate', 'applyscope/didDraw'));
  const first = median(diagrams.map(([time]) => time ?? NaN));
  const later = median(diagrams.flatMap(([, ...times]) => times));
  const nothing = median(empty.flatMap((marks) => between(marks, 'nothing/willShow', 'nothing/didShow')));
  const beside = (row: Row, what: string, time: number): Row => ({
    ...row,
    figure: `${row.figure}, ${what} ${time.toFixed(0)} ms`,
  });
  return [
    beside(
      inMs('extension activation in VS Code: code loaded and run', 50, activation('applyscope.applyscope')),
      'one that does nothing',
      activation('applyscope-test.nothing'),
    ),
    beside(inMs('command → diagram drawn in VS Code, first of a window', 600, first), 'an empty panel', nothing),
    inMs('the same in the panel that is open, other manifests', 150, later),
  ];
}

const host = 'code/extHost';
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** The times from each mark of one name to the next of another. */
function between(marks: readonly Mark[], from: string, to: string): number[] {
  const times: number[] = [];
  let begin: number | undefined;
  for (const { name, startTime } of marks) {
    if (name === from) begin = startTime;
    if (name !== to || begin === undefined) continue;
    times.push(startTime - begin);
    begin = undefined;
  }
  return times;
}
