// The tests in a real VS Code, as a part of `npm test`: the suite inside its extension host, then those that use the page as a person does.
// Arguments: `inside`, or the name of a suite of `page/`, to run only that.
import { launch } from './browser.ts';
import { compileInside } from './compile.ts';
import { runInside } from './inside.ts';
import { packageExtension } from './package.ts';
import { runOnPage } from './page.ts';
import { installTools, missingHere } from './tools.ts';
import { startServer } from './vscode-server.ts';

async function run(only: string | undefined): Promise<number> {
  if (missingHere !== undefined) {
    console.log(`Host tests skipped: ${missingHere}`);
    return 0;
  }
  const tools = installTools();
  packageExtension();
  const browser = await launch(tools);
  try {
    const inside = only === undefined || only === 'inside' ? await runSuiteInside() : 0;
    const onPage = only === 'inside' ? 0 : await runOnPage(tools, browser, only);
    return inside || onPage;
  } finally {
    await browser.close();
  }

  async function runSuiteInside(): Promise<number> {
    const suite = await compileInside();
    const server = await startServer(tools);
    try {
      return await runInside(browser, server, suite);
    } finally {
      await server.stop();
    }
  }
}

process.exitCode = await run(process.argv[2]);
