// The entry that the extension host runs: `@vscode/test-electron` and the browser-hosted VS Code hand over this one module.
import path from 'node:path';
import Mocha from 'mocha';

declare const SUITES: readonly string[];

export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, slow: 2000, color: false });
  for (const suite of SUITES) mocha.addFile(path.join(__dirname, suite));
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} failing in the host`)) : resolve()));
  });
}
