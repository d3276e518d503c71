// The entry that an extension host in a web worker runs: the suites of `inside/` that need nothing of Node's.
import 'mocha/mocha.js';

interface BrowserMocha {
  setup(options: {
    readonly ui: 'bdd';
    readonly reporter: 'spec';
    readonly timeout: number;
    readonly color: false;
  }): void;
  run(done: (failures: number) => void): void;
}

declare const mocha: BrowserMocha;

export async function run(): Promise<void> {
  mocha.setup({ ui: 'bdd', reporter: 'spec', timeout: 120_000, color: false });
  await import('./worker.suite.ts');
  await import('../inside/extension.suite.ts');
  await import('../inside/diagnostics.suite.ts');
  await import('../inside/answers.suite.ts');
  await import('../inside/samples.suite.ts');
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} failing in the web worker`)) : resolve()));
  });
}
