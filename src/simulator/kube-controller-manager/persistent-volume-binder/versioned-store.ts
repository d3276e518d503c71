// The controller's own copy of claims and volumes: ahead of the informers by what it has written itself
// (storeObjectUpdate in pv_controller_base.go).
import { keyOf, type KubeObject } from '../../../api/object.ts';

export class VersionedStore<T extends KubeObject> {
  readonly #objects = new Map<string, T>();

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  values(): Iterable<T> {
    return this.#objects.values();
  }

  /** Takes an object in, unless it knows a newer version. The same version again counts as news: it is looked at once more. */
  put(object: T): boolean {
    const key = keyOf(object);
    const known = this.#objects.get(key);
    if (known && versionOf(known) > versionOf(object)) return false;
    this.#objects.set(key, object);
    return true;
  }

  delete(key: string): void {
    this.#objects.delete(key);
  }
}

const versionOf = ({ metadata }: KubeObject) => Number(metadata.resourceVersion ?? 0);
