// etcd as kube-apiserver uses it: revisioned keys, compare-and-swap, watches. Forking shares everything.
import type { KubeObject } from '../../api/object.ts';
import { OrderedMap } from '../../base/ordered-map.ts';

/** A key with its value and revisions (etcd's mvccpb.KeyValue). */
export interface KeyValue {
  readonly key: string;
  readonly value: KubeObject;
  /** The store's revision when the key was created. */
  readonly createRevision: number;
  /** The store's revision when the value was last written: the object's resourceVersion. */
  readonly modRevision: number;
}

/** One change of a key (etcd's mvccpb.Event). `current` is absent for a deletion. */
export interface Change {
  readonly key: string;
  readonly revision: number;
  readonly current?: KeyValue;
  readonly previous?: KeyValue;
}

/** The content of a store at one revision: a value, shared by all who hold it. */
export interface Snapshot {
  readonly keys: OrderedMap<KeyValue>;
  readonly revision: number;
}

/** Work that waits for the first write to one of some groups of keys. */
interface Postponed {
  readonly groups: ReadonlySet<string>;
  readonly work: () => void;
}

interface Watcher {
  readonly prefix: string;
  readonly onChange: (change: Change) => void;
}

export class Etcd {
  /** The keys as they were when someone last looked at more than one of their group; `#recent` has what was written since. */
  #keys: OrderedMap<KeyValue>;
  readonly #recent = new Map<string, KeyValue | undefined>();
  /** The keys in `#recent`, by their first two steps (`/registry/pods/`). */
  readonly #recentOf = new Map<string, Set<string>>();
  #revision: number;
  readonly #compacted: number;
  readonly #from: Snapshot;
  readonly #history: Change[] = [];
  /** By the first two steps of their prefix (`/registry/pods/`), so that a write does not ask every watcher. */
  readonly #watchers = new Map<string, Set<Watcher>>();
  #postponed: readonly Postponed[] = [];

  /** Watches may begin at `compacted` or later; what was before the snapshot's own revision is not told. */
  constructor(from: Snapshot = { keys: OrderedMap.empty(), revision: 0 }, compacted = from.revision) {
    this.#from = from;
    this.#keys = from.keys;
    this.#revision = from.revision;
    this.#compacted = compacted;
  }

  /** The revision of the last write. */
  get revision(): number {
    return this.#revision;
  }

  /** The content as it is now; a new store can begin from it. Costs what was written since the last look, nothing is copied. */
  snapshot(): Snapshot {
    return { keys: this.#upToDate(), revision: this.#revision };
  }

  /** The content as it was at a revision not older than the one this store began from. Costs what was written up to there. */
  snapshotAt(revision: number): Snapshot {
    let { keys } = this.#from;
    for (const { key, current } of this.#history.slice(0, Math.max(0, revision - this.#from.revision))) {
      keys = current ? keys.with(key, current) : keys.without(key);
    }
    return { keys, revision };
  }

  get(key: string): KeyValue | undefined {
    const recent = this.#recent.get(key);
    return recent !== undefined || this.#recent.has(key) ? recent : this.#keys.get(key);
  }

  /** All keys under a prefix, in order. */
  range(prefix: string): readonly KeyValue[] {
    const group = groupOf(prefix);
    if (group) this.#bringIn(group);
    else this.#upToDate();
    return this.#keys.range(prefix);
  }

  /**
   * Writes a value if the key's modRevision is still the expected one (0: the key must not exist).
   * The value is made from the revision it gets. Returns undefined if the comparison fails.
   */
  put(key: string, expected: number, valueAt: (revision: number) => KubeObject): KeyValue | undefined {
    const previous = this.get(key);
    if ((previous?.modRevision ?? 0) !== expected) return undefined;
    if (this.#postponed.length > 0) this.#catchUp(key);
    const revision = ++this.#revision;
    const current: KeyValue = {
      key,
      value: valueAt(revision),
      createRevision: previous?.createRevision ?? revision,
      modRevision: revision,
    };
    this.#remember(key, current);
    this.#publish(previous ? { key, revision, current, previous } : { key, revision, current });
    return current;
  }

  /** Deletes a key if its modRevision is still the expected one; returns what was there. */
  delete(key: string, expected: number): KeyValue | undefined {
    const previous = this.get(key);
    if (!previous || previous.modRevision !== expected) return undefined;
    if (this.#postponed.length > 0) this.#catchUp(key);
    const revision = ++this.#revision;
    this.#remember(key, undefined);
    this.#publish({ key, revision, previous });
    return previous;
  }

  /**
   * Calls back for every change under a prefix after a revision, those of the past at once. A prefix has two steps at least.
   * Returns undefined if changes after that revision are no longer kept (etcd: "required revision has been compacted").
   */
  watch(prefix: string, after: number, onChange: (change: Change) => void): { cancel(): void } | undefined {
    if (after < this.#compacted) return undefined;
    if (after < this.#revision) {
      for (const change of this.#history.slice(Math.max(0, after - this.#from.revision))) {
        if (change.key.startsWith(prefix)) onChange(change);
      }
    }
    const watcher = { prefix, onChange };
    const group = groupOf(prefix);
    let watchers = this.#watchers.get(group);
    if (!watchers) this.#watchers.set(group, (watchers = new Set()));
    watchers.add(watcher);
    return { cancel: () => watchers.delete(watcher) };
  }

  /** Does the work once, right before the first write to one of the groups (`groupOf`): it finds them as they are now. */
  beforeWrite(groups: ReadonlySet<string>, work: () => void): void {
    this.#postponed = [...this.#postponed, { groups, work }];
  }

  #catchUp(key: string): void {
    const group = groupOf(key);
    const due = this.#postponed.filter(({ groups }) => groups.has(group));
    if (due.length === 0) return;
    this.#postponed = this.#postponed.filter((one) => !due.includes(one));
    for (const { work } of due) work();
  }

  #upToDate(): OrderedMap<KeyValue> {
    for (const group of this.#recentOf.keys()) this.#bringIn(group);
    return this.#keys;
  }

  #bringIn(group: string): void {
    for (const key of this.#recentOf.get(group) ?? []) {
      const value = this.#recent.get(key);
      this.#keys = value ? this.#keys.with(key, value) : this.#keys.without(key);
      this.#recent.delete(key);
    }
    this.#recentOf.delete(group);
  }

  #remember(key: string, current: KeyValue | undefined): void {
    if (!this.#recent.has(key)) {
      const group = groupOf(key);
      const keys = this.#recentOf.get(group) ?? new Set();
      this.#recentOf.set(group, keys.add(key));
    }
    this.#recent.set(key, current);
  }

  #publish(change: Change): void {
    this.#history.push(change);
    for (const { prefix, onChange } of this.#watchers.get(groupOf(change.key)) ?? []) {
      if (change.key.startsWith(prefix)) onChange(change);
    }
  }
}

/** `/registry/pods/` of `/registry/pods/default/myapp`; empty for a prefix of fewer steps. */
export function groupOf(key: string): string {
  return key.slice(0, key.indexOf('/', key.indexOf('/', 1) + 1) + 1);
}
