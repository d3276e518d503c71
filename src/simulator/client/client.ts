// The port between a component and kube-apiserver. Components know nothing of each other; all they have is this.
import type { KubeObject } from '../../api/object.ts';
import type { ApiResource } from '../../api/resources.ts';
import type { ApiStatus } from '../../api/status.ts';
import type { Participant, WatchDetails } from '../trace.ts';

/** What a request is about. `resource` is `pods` or `deployments.apps`. */
export interface Target {
  readonly resource: string;
  readonly namespace?: string;
  readonly name: string;
  readonly subresource?: string;
  /** The version that is asked for, where it is not the one that the resource is known by. */
  readonly apiVersion?: string;
}

/** Where an object is created: for a subresource (`pods/binding`) the name of the object it belongs to stands in `name`. */
export type CreateTarget = Omit<Target, 'name'> & { readonly name?: string };

export type ApiResponse<T extends KubeObject> =
  | { readonly ok: true; readonly code: number; readonly object: T; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly code: number; readonly status: ApiStatus; readonly warnings: readonly string[] };

export interface ListOptions {
  readonly namespace?: string;
  /** `app=web,tier in (a)`. */
  readonly labelSelector?: string;
  /** `spec.nodeName=node1,metadata.name!=x`. */
  readonly fieldSelector?: string;
  /** How many objects a page has; only the query in the trace shows it, answers come whole. */
  readonly limit?: number;
  /** A watch that begins by telling what is there (WatchList); only the query in the trace shows it. */
  readonly watchList?: boolean;
}

export interface ListResponse<T extends KubeObject> {
  readonly items: readonly T[];
  /** Why there are none, if the request was refused. */
  readonly refusal?: ApiStatus;
  readonly warnings: readonly string[];
  readonly resourceVersion: string;
}

export interface WriteOptions {
  readonly fieldManager?: string;
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  readonly dryRun?: boolean;
  /** Of server-side apply: fields that others own are taken over. */
  readonly force?: boolean;
}

/** `apply`: the body is a configuration, and the object need not be there. */
export type PatchType = 'strategic' | 'merge' | 'json' | 'apply';

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  /** The deletion is refused with 409 if the object's uid is another. */
  readonly uid?: string;
}

export interface WatchEvent<T extends KubeObject> {
  readonly change: WatchDetails['change'];
  readonly object: T;
}

/**
 * What one user can ask of kube-apiserver. Requests are answered at once, at the same virtual time; watches deliver in steps of
 * their own, later. Every request and answer is in the trace.
 */
export interface Client {
  readonly actor: Participant;
  get<T extends KubeObject>(target: Target): ApiResponse<T>;
  list<T extends KubeObject>(resource: string, options?: ListOptions): ListResponse<T>;
  /** Delivers every change after a resourceVersion, in order, each in a step of the client's participant. */
  watch<T extends KubeObject>(
    resource: string,
    options: ListOptions & { readonly resourceVersion: string },
    onEvent: (event: WatchEvent<T>) => void,
  ): { stop(): void };
  create<T extends KubeObject>(target: CreateTarget, body: unknown, options?: WriteOptions): ApiResponse<T>;
  /** Replaces an object; with a resourceVersion in the body only if it is still the stored one (else 409). */
  update<T extends KubeObject>(target: Target, body: T, options?: WriteOptions): ApiResponse<T>;
  patch<T extends KubeObject>(target: Target, type: PatchType, patch: unknown, options?: WriteOptions): ApiResponse<T>;
  delete<T extends KubeObject>(target: Target, options?: DeleteOptions): ApiResponse<T>;
  /** Deletes every object of the resource in a namespace. */
  deleteCollection(resource: string, namespace: string, options?: DeleteOptions): ApiResponse<KubeObject>;
  /** What discovery tells of resources that are not built in, in all their versions; part of what the document `/apis` says. */
  customResources(): readonly ApiResource[];
  /** A request for a path that is no resource: discovery and OpenAPI documents. */
  raw(uri: string): void;
  /** The same participant's requests in the name of another user (`Impersonate-User` and `-Group` headers). */
  impersonate(userName: string, groups: readonly string[]): Client;
}
