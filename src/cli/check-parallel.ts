// Many files are checked by several threads, each with its share of them. What they print comes out in the order of the files, as if one
// had done it all.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Declarations } from '../features/index.ts';
import type { CheckRequest } from './arguments.ts';
import type { CheckOutput, CheckResult } from './check-output.ts';
import type { Streams } from './streams.ts';

/** What a thread is started with. */
export interface Share {
  readonly request: CheckRequest;
  readonly names: readonly string[];
  /** All files, of which the first says where to look for the cluster. */
  readonly first: string | undefined;
  readonly terminal: boolean;
  readonly colours: boolean;
}

/** What a thread tells, in this order: what its files declare; what is to be printed; how it ended. */
export type Report =
  | { readonly type: 'declared'; readonly declarations: readonly Declarations[] }
  | { readonly type: 'printed'; readonly stream: 'out' | 'error'; readonly text: string }
  | { readonly type: 'done'; readonly result: CheckResult };

/** More threads would need more memory than they save time. */
const mostThreads = 2;
/** Megabytes for objects that live shortly, as those of a simulation do; a whole cluster has more of them. */
const youngGeneration = { cluster: 16, api: 12 };

export async function checkInParallel(
  request: CheckRequest,
  names: readonly string[],
  streams: Streams,
  output: CheckOutput,
): Promise<void> {
  const { terminal, colours } = streams;
  const count = Math.min(mostThreads, availableParallelism());
  const size = Math.ceil(names.length / count);
  const threads = Array.from({ length: count }, (_, i) => {
    const share = { request, names: names.slice(i * size, (i + 1) * size), first: names[0], terminal, colours };
    return new CheckThread(share);
  });
  try {
    const declarations = (await Promise.all(threads.map((thread) => thread.declared))).flat();
    for (const thread of threads) thread.begin(declarations);
    for (const thread of threads) output.merge(await thread.printTo(streams));
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

class CheckThread {
  readonly declared: Promise<readonly Declarations[]>;
  readonly #done: Promise<CheckResult>;
  readonly #worker: Worker;
  readonly #printed: (Report & { type: 'printed' })[] = [];
  #print = (report: Report & { type: 'printed' }): void => void this.#printed.push(report);

  constructor(share: Share) {
    const resourceLimits = { maxYoungGenerationSizeMb: youngGeneration[share.request.only ?? 'cluster'] };
    this.#worker = new Worker(programFile(), { workerData: share, resourceLimits });
    const declared = promise<readonly Declarations[]>();
    const done = promise<CheckResult>();
    this.declared = declared.promise;
    this.#done = done.promise;
    this.#worker.on('message', (report: Report) => {
      if (report.type === 'declared') declared.resolve(report.declarations);
      else if (report.type === 'printed') this.#print(report);
      else done.resolve(report.result);
    });
    this.#worker.on('error', (problem) => {
      declared.reject(problem);
      done.reject(problem);
    });
    // whoever waits for the declarations sees the same problem
    this.#done.catch(() => undefined);
  }

  /** Lets the thread check its files in the light of what all of them declare. */
  begin(declarations: readonly Declarations[]): void {
    this.#worker.postMessage(declarations);
  }

  /** Prints what the thread has printed and prints from now on, until it is done. */
  async printTo(streams: Streams): Promise<CheckResult> {
    this.#print = ({ stream, text }) => streams[stream](text);
    for (const report of this.#printed) this.#print(report);
    return this.#done;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(problem: unknown): void;
}

function promise<T>(): Deferred<T> {
  let [resolve, reject] = [(_: T): void => undefined, (_: unknown): void => undefined];
  const made = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise: made, resolve, reject };
}

/** The program itself, which in a thread works instead of reading arguments: as installed, or from its sources. */
function programFile(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const installed = path.join(here, 'cli.js');
  return existsSync(installed) ? installed : path.join(here, 'main.ts');
}
