#!/usr/bin/env node
// The program: Node's streams and arguments handed to the commands. The only file that touches the process.
import { tuneEngine } from './engine-settings.ts';

tuneEngine();
const { run } = await import('./run.ts');

// A reader that closes the pipe early (`| head`) has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  colours: process.stdout.isTTY && !process.env['NO_COLOR'],
  terminal: process.stdout.isTTY,
});
