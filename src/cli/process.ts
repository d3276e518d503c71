// The process handed to the program: its arguments, its streams, and its exit code.
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import type { Streams } from './streams.ts';

/** The program: a command line in, an exit code out; or, in a thread of it, a share of the work. */
export interface Program {
  readonly run: (argv: readonly string[], streams: Streams) => Promise<number>;
  readonly work: () => Promise<void>;
}

export async function runInProcess({ run, work }: Program): Promise<void> {
  if (!isMainThread) return work();
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
}
