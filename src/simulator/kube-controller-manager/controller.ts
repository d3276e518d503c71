// What a controller is: a name, and a loop that brings the cluster nearer to what its objects ask for.
import type { KubeObject } from '../../api/object.ts';
import type { ApiStatus } from '../../api/status.ts';
import type { ApiResponse, Client } from '../client/client.ts';
import { WorkQueue, type RetryDelays } from '../client/work-queue.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SharedInformers } from './shared-informers.ts';

/** What a controller is given: its own user of the API, and the informers it shares with the others. */
export interface ControllerContext {
  readonly kernel: Kernel;
  readonly client: Client;
  readonly informers: SharedInformers;
}

export interface Controller {
  /** Its name, and unless `actor` says otherwise the service account it acts as, which stands in the trace: `deployment-controller`. */
  readonly name: string;
  /** The service account of controllers that share one. */
  readonly actor?: string;
  /** The resource whose objects it is there for: it starts with the first of them. Without: at once. */
  readonly startsWith?: string;
  /** Registers handlers with the informers; they list and watch once every controller is there. */
  start(context: ControllerContext): void;
}

/** From a change that a controller hears of until one of its workers is at it. Virtual milliseconds. */
export const syncDelay = 1;

/**
 * Ends a controller's sync at the first request that fails. In Go the error is handed up through every level; here it is
 * thrown, and caught at one place only, the queue.
 */
class RequestFailed extends Error {
  override name = 'RequestFailed';
  readonly status: ApiStatus;

  constructor(status: ApiStatus) {
    super(status.message);
    this.status = status;
  }
}

/** Whether an error is that of a request that failed, for work that is no sync. */
export function isRequestFailure(error: unknown): boolean {
  return error instanceof RequestFailed;
}

/** The object of an answer; a refusal ends the sync, which is tried again later. */
export function succeeded<T extends KubeObject>(response: ApiResponse<T>): T {
  if (!response.ok) throw new RequestFailed(response.status);
  return response.object;
}

/** Ends the sync as a request does that fails: the key is tried again later. */
export function failSync(status: ApiStatus): never {
  throw new RequestFailed(status);
}

export interface SyncOptions {
  /** From a change until it is worked on. */
  readonly delay?: number;
  /** How often a failing key is tried again before it is dropped; without a number for ever. */
  readonly maxRetries?: number;
  readonly retryDelays?: RetryDelays;
}

/** A controller's queue: syncs keys, and tries those again whose sync ended with a failed request. */
export class SyncQueue {
  readonly #queue: WorkQueue;
  readonly #delay: number;

  constructor({ kernel, client }: ControllerContext, sync: (key: string) => void, options: SyncOptions = {}) {
    const { delay = syncDelay, maxRetries = Infinity, retryDelays } = options;
    this.#delay = delay;
    this.#queue = new WorkQueue(
      kernel,
      client.actor,
      (key) => {
        try {
          sync(key);
          this.#queue.forget(key);
        } catch (error) {
          if (!isRequestFailure(error)) throw error;
          if (this.#queue.failures(key) < maxRetries) this.#queue.retry(key);
          else this.#queue.forget(key);
        }
      },
      retryDelays,
    );
  }

  add(key: string): void {
    this.#queue.add(key, this.#delay);
  }

  /** Syncs once more after that many virtual milliseconds. `background`: nothing is expected to have happened by then. */
  addAfter(key: string, delay: number, options: { readonly background: boolean }): void {
    this.#queue.addAfter(key, delay, options);
  }
}
