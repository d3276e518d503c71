// GET: one object, a list of them, or a watch on them.
import type { KubeObject } from '../../../api/object.ts';
import { badRequest, notFound } from '../../../api/status.ts';
import { invariant } from '../../../base/invariant.ts';
import type { ListOptions, Target, WatchEvent } from '../../client/client.ts';
import type { Change } from '../../etcd/etcd.ts';
import type { Participant } from '../../trace.ts';
import { Selection } from '../registry/selection.ts';
import type { Storage } from '../registry/storage.ts';
import { accepted, refused, type Answer } from '../request.ts';
import type { Store } from '../store.ts';

export function get(store: Store, storage: Storage, { namespace, name, apiVersion }: Target): Answer {
  const stored = store.etcd.get(storage.key(namespace, name))?.value;
  return stored ? accepted(200, storage.served(stored, apiVersion)) : refused(notFound(storage.resource, name));
}

/** The objects selected, or a Status for a selector that cannot be understood. */
export function list(storage: Storage, options: ListOptions): readonly KubeObject[] | Answer {
  const selection = Selection.parse(storage.name, options);
  if (typeof selection === 'string') return refused(badRequest(selection));
  const stored = storage.range(storage.resource.namespaced ? options.namespace : undefined);
  const selected = selection.all ? stored : stored.filter((object) => selection.matches(object));
  return served(storage, selected);
}

/** Stored objects as their resource serves them. */
export function served(storage: Storage, stored: readonly KubeObject[]): readonly KubeObject[] {
  return storage.conversion ? stored.map((object) => storage.served(object)) : stored;
}

export interface WatchOptions extends ListOptions {
  /** Changes after it are delivered. */
  readonly resourceVersion: string;
}

export interface WatchReceiver {
  readonly actor: Participant;
  readonly onEvent: (event: WatchEvent<KubeObject>) => void;
}

export function watch(
  store: Store,
  storage: Storage,
  options: WatchOptions,
  { actor, onEvent }: WatchReceiver,
): { stop(): void } | Answer {
  const selection = Selection.parse(storage.name, options);
  if (typeof selection === 'string') return refused(badRequest(selection));
  const { namespace, resourceVersion } = options;
  return storage.watchers.watch(
    { actor, namespace, selection, onEvent },
    changesAfter(store, storage, resourceVersion),
  );
}

function changesAfter({ etcd }: Store, { prefix }: Storage, resourceVersion: string): readonly Change[] {
  const after = Number(resourceVersion);
  if (after === etcd.revision) return [];
  const past: Change[] = [];
  const replay = etcd.watch(prefix, after, (change) => past.push(change));
  invariant(replay, `a watch of ${prefix} begins at a revision that is compacted`);
  replay.cancel();
  return past;
}
