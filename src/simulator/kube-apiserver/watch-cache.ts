// Hands the changes of one resource to those who watch it. Most changes concern few watchers: the kubelets' watches of their own
// node's Pods are found by the node's name, so that a Pod's change does not cost a look at every kubelet.
import type { KubeObject } from '../../api/object.ts';
import type { WatchEvent } from '../client/client.ts';
import type { Change } from '../etcd/etcd.ts';
import { watchDelay } from '../kernel/durations.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Participant, WatchDetails } from '../trace.ts';
import { traced } from './redaction.ts';
import { atRevision } from './registry/object-meta.ts';
import type { Selection } from './registry/selection.ts';

/** What a watcher asked for. */
export interface WatchRequest {
  readonly actor: Participant;
  readonly namespace: string | undefined;
  readonly selection: Selection;
  readonly onEvent: (event: WatchEvent<KubeObject>) => void;
}

interface Watcher extends WatchRequest {
  /** Undefined: every object of the namespace is selected. */
  readonly filter: Selection | undefined;
  stopped: boolean;
}

const nodeNameOf = (object: KubeObject | undefined) =>
  (object as { spec?: { nodeName?: string } } | undefined)?.spec?.nodeName;

export class WatchCache {
  readonly #kernel: Kernel;
  readonly #resource: string;
  readonly #convert: ((object: KubeObject) => KubeObject) | undefined;
  readonly #watchers = new Set<Watcher>();
  #byNode: Map<string, Set<Watcher>> | undefined;

  /** `convert` turns a stored object into the version that is watched, where that is another one. */
  constructor(kernel: Kernel, resource: string, convert?: (object: KubeObject) => KubeObject) {
    this.#kernel = kernel;
    this.#resource = resource;
    this.#convert = convert;
  }

  /** Delivers the changes given, then every later one. */
  watch(request: WatchRequest, past: Iterable<Change>): { stop(): void } {
    const { actor, namespace, selection, onEvent } = request;
    const filter = selection.all ? undefined : selection;
    const watcher: Watcher = { actor, namespace, selection, onEvent, filter, stopped: false };
    for (const change of past) this.#offer(watcher, change);
    const group = this.#groupOf(selection.required('spec.nodeName'));
    group.add(watcher);
    return {
      stop: () => {
        watcher.stopped = true;
        group.delete(watcher);
      },
    };
  }

  publish(change: Change): void {
    for (const watcher of this.#watchers) this.#offer(watcher, change);
    if (!this.#byNode) return;
    const before = nodeNameOf(change.previous?.value);
    const after = nodeNameOf(change.current?.value);
    if (after) this.#offerGroup(after, change);
    if (before && before !== after) this.#offerGroup(before, change);
  }

  #groupOf(nodeName: string | undefined): Set<Watcher> {
    if (!nodeName) return this.#watchers;
    const byNode = (this.#byNode ??= new Map<string, Set<Watcher>>());
    let group = byNode.get(nodeName);
    if (!group) byNode.set(nodeName, (group = new Set()));
    return group;
  }

  #offerGroup(nodeName: string, change: Change): void {
    for (const watcher of this.#byNode?.get(nodeName) ?? []) this.#offer(watcher, change);
  }

  /** An object that enters a selection is added for its watcher, one that leaves is deleted, as it last was in it. */
  #offer(watcher: Watcher, { current, previous, revision }: Change): void {
    const { filter, namespace } = watcher;
    if (namespace && (current ?? previous)?.value.metadata.namespace !== namespace) return;
    const is = current && (!filter || filter.matches(current.value));
    const was = previous && (!filter || filter.matches(previous.value));
    if (is) this.#deliver(watcher, was ? 'MODIFIED' : 'ADDED', current.value);
    else if (was) this.#deliver(watcher, 'DELETED', atRevision(previous.value, revision));
  }

  #deliver(watcher: Watcher, change: WatchDetails['change'], stored: KubeObject): void {
    const kernel = this.#kernel;
    const object = this.#convert ? this.#convert(stored) : stored;
    kernel.after(watchDelay, watcher.actor, () => {
      if (watcher.stopped) return;
      const resource = this.#resource;
      const seq = kernel.record('kube-apiserver', watcher.actor, {
        type: 'watch',
        change,
        resource,
        object: traced(object),
      });
      kernel.causedBy(seq, () => watcher.onEvent({ change, object }));
    });
  }
}
