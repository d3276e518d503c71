// A command line to an exit code: 0 clean, 1 errors found, 2 the command was wrong or we failed.
import { readArguments, type Request } from './arguments.ts';
import { isFileProblem } from './files.ts';
import type { Streams } from './streams.ts';

declare const APPLYSCOPE_VERSION: string | undefined;
const version = typeof APPLYSCOPE_VERSION === 'string' ? APPLYSCOPE_VERSION : 'development';

export async function run(argv: readonly string[], streams: Streams): Promise<number> {
  try {
    return await perform(readArguments(argv), streams);
  } catch (problem) {
    const text = isFileProblem(problem)
      ? problem.message
      : `internal error: ${problem instanceof Error ? problem.stack : String(problem)}`;
    streams.error(`applyscope: ${text}\n`);
    return 2;
  }
}

async function perform(request: Request, streams: Streams): Promise<number> {
  switch (request.command) {
    case 'help': {
      const { helpText } = await import('./help.ts');
      streams.out(helpText(request.topic));
      return 0;
    }
    case 'version':
      streams.out(`applyscope ${version} (Kubernetes 1.36)\n`);
      return 0;
    case 'wrong':
      streams.error(`applyscope: ${request.message}\n`);
      return 2;
    case 'check': {
      const { check } = await import('./check.ts');
      return check(request, streams);
    }
    case 'simulate': {
      const { simulate } = await import('./simulate.ts');
      return simulate(request, streams);
    }
  }
}

/** What a thread of the program does: its share of a check. */
export async function work(): Promise<void> {
  const { work: checkShare } = await import('./check-worker.ts');
  checkShare();
}
