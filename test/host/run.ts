// The tests in a real VS Code, as a part of `npm test`: the suite inside its extension host, then the one that drives the page as a person does.
import { launch } from './browser.ts';
import { compileInside } from './compile.ts';
import { runInside } from './inside.ts';
import { packageExtension } from './package.ts';
import { installTools, missingHere } from './tools.ts';
import { startServer } from './vscode-server.ts';

async function run(): Promise<number> {
  if (missingHere !== undefined) {
    console.log(`Host tests skipped: ${missingHere}`);
    return 0;
  }
  const tools = installTools();
  packageExtension();
  const suite = await compileInside();
  const browser = await launch(tools);
  const server = await startServer(tools);
  try {
    return await runInside(browser, server, suite);
  } finally {
    await browser.close();
    await server.stop();
  }
}

process.exitCode = await run();
