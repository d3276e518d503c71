// The process handed to the program: its arguments, its streams, and its exit code.
import process from 'node:process';
import type { Streams } from './streams.ts';

export type Run = (argv: readonly string[], streams: Streams) => Promise<number>;

export async function runInProcess(run: Run): Promise<void> {
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
