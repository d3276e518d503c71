// A component's copy of the objects it watches, with the changes as they arrive (client-go's shared informer).
import { copyWith } from '../../base/copy.ts';
import { keyOf, type KubeObject } from '../../api/object.ts';
import type { Client, ListOptions, WatchEvent } from './client.ts';

export interface InformerHandlers<T extends KubeObject> {
  onAdd?(object: T): void;
  onUpdate?(object: T, previous: T): void;
  onDelete?(object: T): void;
}

/** Lists, then watches. The cache lags behind the server by the watch's delay, as a real one does. */
export class Informer<T extends KubeObject> {
  readonly #objects = new Map<string, T>();
  readonly #handlers: InformerHandlers<T>[] = [];
  readonly #client: Client;
  readonly #resource: string;
  readonly #options: ListOptions | undefined;

  constructor(client: Client, resource: string, options?: ListOptions) {
    this.#client = client;
    this.#resource = resource;
    this.#options = options;
  }

  /** Handlers see every object as added that is there, or comes with the first list. */
  handle(handlers: InformerHandlers<T>): this {
    this.#handlers.push(handlers);
    for (const object of [...this.#objects.values()]) handlers.onAdd?.(object);
    return this;
  }

  /** Lists at once and calls the handlers for what is there, then watches. */
  start(): this {
    const { items, resourceVersion } = this.#client.list<T>(this.#resource, this.#options);
    if (items.length > 0) this.#take(items);
    const options = this.#options ? copyWith(this.#options, { resourceVersion }) : { resourceVersion };
    this.#client.watch<T>(this.#resource, options, (event) => this.#apply(event));
    return this;
  }

  #take(items: readonly T[]): void {
    for (const object of items) this.#objects.set(keyOf(object), object);
    const waiting = [...this.#handlers];
    for (const object of items) for (const handlers of waiting) handlers.onAdd?.(object);
  }

  /** By key: `namespace/name`, or `name` for what has no namespace. */
  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  /** All objects, in the order in which they became known. */
  values(): Iterable<T> {
    return this.#objects.values();
  }

  get size(): number {
    return this.#objects.size;
  }

  #apply({ change, object }: WatchEvent<T>): void {
    const key = keyOf(object);
    const previous = this.#objects.get(key);
    if (change === 'DELETED') {
      this.#objects.delete(key);
      for (const handlers of this.#handlers) handlers.onDelete?.(object);
      return;
    }
    this.#objects.set(key, object);
    // who comes meanwhile sees the object as one that is there
    const count = this.#handlers.length;
    for (let i = 0; i < count; i++) {
      const handlers = this.#handlers[i];
      if (previous) handlers?.onUpdate?.(object, previous);
      else handlers?.onAdd?.(object);
    }
  }
}
