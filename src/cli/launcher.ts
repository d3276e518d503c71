#!/usr/bin/env node
// The program as it is installed: its bundle, with the code that was compiled when it was built.
import { tuneEngine } from './engine-settings.ts';
import { loadProgram } from './load-program.ts';
import { runInProcess } from './process.ts';

tuneEngine();
await runInProcess(loadProgram());
