// How plugins read objects other than nodes and Pods.

/** Reads objects of a kind from a cache. Keys are `namespace/name`, or `name` for what has no namespace. */
export interface Lister<T> {
  get(key: string): T | undefined;
  values(): Iterable<T>;
}
