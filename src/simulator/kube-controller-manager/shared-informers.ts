// The copies of the cluster's objects that all controllers of the manager share: one list and one watch a resource
// (client-go's SharedInformerFactory).
import { controllerOf, type ControllerRevision, type KubeObject, type Pod, type ReplicaSet } from '../../api/object.ts';
import type { Client } from '../client/client.ts';
import { Informer } from '../client/informer.ts';
import { PodsByClaim } from './pods-by-claim.ts';

export class SharedInformers {
  readonly #client: Client;
  readonly #informers = new Map<string, Informer<KubeObject>>();
  #started = false;
  readonly podsByController: ControllerIndex<Pod>;
  readonly replicaSetsByController: ControllerIndex<ReplicaSet>;
  readonly revisionsByController: ControllerIndex<ControllerRevision>;
  readonly podsByClaim: PodsByClaim;

  constructor(client: Client) {
    this.#client = client;
    // Indexes come first, so that they are current when the controllers' handlers run.
    this.podsByController = new ControllerIndex(this.of<Pod>('pods'));
    this.replicaSetsByController = new ControllerIndex(this.of<ReplicaSet>('replicasets.apps'));
    this.revisionsByController = new ControllerIndex(this.of<ControllerRevision>('controllerrevisions.apps'));
    this.podsByClaim = new PodsByClaim(this.of<Pod>('pods'));
  }

  /**
   * The informer of a resource; the caller names the type of its objects. One that is first asked for while the others run lists
   * at once, and its handlers hear of what comes then.
   */
  of<T extends KubeObject>(resource: string): Informer<T> {
    let informer = this.#informers.get(resource);
    if (!informer) {
      informer = new Informer<KubeObject>(this.#client, resource);
      this.#informers.set(resource, informer);
      if (this.#started) informer.start();
    }
    return informer as Informer<KubeObject> & Informer<T>;
  }

  /** Calls back once, with the first object of a resource. */
  whenFirst(resource: string, then: () => void): void {
    let waits = true;
    this.of(resource).handle({
      onAdd() {
        if (!waits) return;
        waits = false;
        then();
      },
    });
  }

  /** Whether the first lists are through: what is added from now on is new. */
  get started(): boolean {
    return this.#started;
  }

  /** Lists and watches everything that was asked for. */
  start(): void {
    // what is asked for on the way comes last in the map, and so is started as well
    for (const informer of this.#informers.values()) informer.start();
    this.#started = true;
  }
}

/** Objects by the uid of the controller that owns them. */
export class ControllerIndex<T extends KubeObject> {
  readonly #byController = new Map<string, Map<string, T>>();

  constructor(informer: Informer<T>) {
    informer.handle({
      onAdd: (object) => this.#put(object),
      onUpdate: (object, previous) => {
        if (indexKey(object) !== indexKey(previous)) this.#remove(previous);
        this.#put(object);
      },
      onDelete: (object) => this.#remove(object),
    });
  }

  /** What a controller owns, in the order in which it became known. */
  ownedBy(uid: string | undefined): T[] {
    return uid ? [...(this.#byController.get(uid)?.values() ?? [])] : [];
  }

  /** What no controller owns. */
  orphans(): T[] {
    return [...(this.#byController.get('')?.values() ?? [])];
  }

  #put(object: T): void {
    const key = indexKey(object);
    let owned = this.#byController.get(key);
    if (!owned) this.#byController.set(key, (owned = new Map<string, T>()));
    owned.set(object.metadata.uid ?? '', object);
  }

  #remove(object: T): void {
    const key = indexKey(object);
    const owned = this.#byController.get(key);
    owned?.delete(object.metadata.uid ?? '');
    if (owned?.size === 0) this.#byController.delete(key);
  }
}

const indexKey = (object: KubeObject) => controllerOf(object)?.uid ?? '';
