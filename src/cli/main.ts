// The program from its sources: `tsx src/cli/main.ts`.
import { tuneEngine } from './engine-settings.ts';
import { runInProcess } from './process.ts';

tuneEngine();
await runInProcess(await import('./run.ts'));
