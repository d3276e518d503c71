// What one user sees of the server: turns calls into requests, and writes requests and answers into the trace.
import { copyWith, type Writable } from '../../base/copy.ts';
import type { CustomResourceDefinition, Event, EventsEvent, KubeObject, ObjectReference } from '../../api/object.ts';
import { deprecationWarning } from '../../api/deprecations.ts';
import { apiVersionOf, type ApiResource } from '../../api/resources.ts';
import type {
  ApiResponse,
  Client,
  CreateTarget,
  DeleteOptions,
  ListOptions,
  ListResponse,
  PatchType,
  Target,
  WatchEvent,
  WriteOptions,
} from '../client/client.ts';
import {
  programOf,
  type Participant,
  type RequestDetails,
  type RequestTarget,
  type ResponseDetails,
  type Verb,
} from '../trace.ts';
import { impersonated, isComponent } from './authentication.ts';
import { forbiddenStatus, type Authorizer } from './authorization/authorizer.ts';
import type { AccessAttributes } from './authorization/rbac.ts';
import { customKindsOf, definitionsResource, isEstablished, kindOfVersion } from './custom-resources/custom-kind.ts';
import { listQuery, writeQuery } from './query.ts';
import { traced, tracedBody } from './redaction.ts';
import type { Storage } from './registry/storage.ts';
import { accepted, refused, type Answer, type User, type WriteTarget } from './request.ts';
import { serverName } from './server-name.ts';
import type { Store } from './store.ts';
import { scaleOf } from './subresources/scale.ts';
import { remove, removeAll } from './verbs/delete.ts';
import { get, list, watch } from './verbs/read.ts';
import { createBody, patchBody, updateBody } from './verbs/write.ts';

/** A request as it is traced. */
interface RequestLine {
  readonly verb: Verb;
  readonly target: RequestTarget;
  readonly body?: unknown;
  readonly query?: string | undefined;
}

export class ServerClient implements Client {
  readonly actor: Participant;
  readonly #store: Store;
  readonly #authorizer: Authorizer;
  readonly #user: User;
  /** A program of the cluster: its queries are of no interest, and its rights only the first time. */
  readonly #component: boolean;
  readonly #controller: boolean;
  /** The actions on a resource whose grant is in the trace, as long as roles and bindings stay as they are. */
  #toldActions: Map<Storage, Set<string>> | undefined;
  #toldVersion = 0;

  constructor(store: Store, authorizer: Authorizer, actor: Participant, user: User) {
    this.actor = actor;
    this.#store = store;
    this.#authorizer = authorizer;
    this.#user = user;
    this.#component = isComponent(actor);
    this.#controller = programOf(actor) === 'kube-controller-manager';
  }

  get<T extends KubeObject>(target: Target): ApiResponse<T> {
    const storage = this.#store.storage(target.resource);
    const work = () => {
      const answer = get(this.#store, storage, target);
      return answer.object && target.subresource === 'scale' ? accepted(200, scaleOf(answer.object)) : answer;
    };
    return this.#request({ verb: 'get', target }, storage, work, this.#warnings(storage, target.apiVersion));
  }

  list<T extends KubeObject>(resource: string, options: ListOptions = {}): ListResponse<T> {
    const storage = this.#store.storage(resource);
    if (this.#isUntold(storage, 'list')) {
      const found = list(storage, options);
      if (isItems(found)) return this.#listed<T>(found, []);
    }
    let items: readonly KubeObject[] = [];
    const response = this.#request(
      { verb: 'list', target: listTarget(resource, options), query: this.#query(listQuery, options) },
      storage,
      () => {
        const found = list(storage, options);
        if (!isItems(found)) return found;
        items = found;
        return undefined;
      },
    );
    const listed = this.#listed<T>(items, response.warnings);
    return response.ok ? listed : { ...listed, refusal: response.status };
  }

  #listed<T extends KubeObject>(items: readonly KubeObject[], warnings: readonly string[]): ListResponse<T> {
    return { items: items as readonly T[], resourceVersion: String(this.#store.etcd.revision), warnings };
  }

  watch<T extends KubeObject>(
    resource: string,
    options: ListOptions & { readonly resourceVersion: string },
    onEvent: (event: WatchEvent<T>) => void,
  ): { stop(): void } {
    const storage = this.#store.storage(resource);
    const receiver = { actor: this.actor, onEvent: onEvent as (event: WatchEvent<KubeObject>) => void };
    if (this.#isUntold(storage, 'watch')) {
      const begun = watch(this.#store, storage, options, receiver);
      if ('stop' in begun) return begun;
    }
    let watching: { stop(): void } | undefined;
    this.#request(
      { verb: 'watch', target: listTarget(resource, options), query: this.#query(listQuery, options) },
      storage,
      () => {
        const begun = watch(this.#store, storage, options, receiver);
        if (!('stop' in begun)) return begun;
        watching = begun;
        return undefined;
      },
    );
    return { stop: () => watching?.stop() };
  }

  create<T extends KubeObject>(target: CreateTarget, body: unknown, options: WriteOptions = {}): ApiResponse<T> {
    const storage = this.#store.storage(target.resource);
    const name = target.name ?? (body as Partial<KubeObject> | undefined)?.metadata?.name;
    const named = name === target.name ? target : copyWith(target, { name });
    const write = this.#target(storage, target, options);
    const line = { verb: 'create', target: named, body, query: this.#query(writeQuery, options) } as const;
    return this.#request(line, storage, () => createBody(this.#store, storage, write, body), write.warnings);
  }

  update<T extends KubeObject>(target: Target, body: T, options: WriteOptions = {}): ApiResponse<T> {
    const storage = this.#store.storage(target.resource);
    const write = this.#target(storage, target, options);
    const line = { verb: 'update', target, body, query: this.#query(writeQuery, options) } as const;
    return this.#request(line, storage, () => updateBody(this.#store, storage, write, body), write.warnings);
  }

  patch<T extends KubeObject>(
    target: Target,
    type: PatchType,
    patch: unknown,
    options: WriteOptions = {},
  ): ApiResponse<T> {
    const storage = this.#store.storage(target.resource);
    const write = this.#target(storage, target, options);
    const line = { verb: 'patch', target, body: patch, query: this.#query(writeQuery, options) } as const;
    return this.#request(line, storage, () => patchBody(this.#store, storage, write, type, patch), write.warnings);
  }

  delete<T extends KubeObject>(target: Target, options: DeleteOptions = {}): ApiResponse<T> {
    const storage = this.#store.storage(target.resource);
    const { namespace, name } = target;
    const { actor } = this;
    const work = () => remove(this.#store, storage, { namespace, name, options, actor, user: this.#user });
    const warnings = this.#warnings(storage, target.apiVersion);
    return this.#request({ verb: 'delete', target, body: options }, storage, work, warnings);
  }

  deleteCollection(resource: string, namespace: string, options: DeleteOptions = {}): ApiResponse<KubeObject> {
    const storage = this.#store.storage(resource);
    const { actor } = this;
    const line = { verb: 'deletecollection', target: { resource, namespace }, body: options } as const;
    return this.#request(line, storage, () =>
      removeAll(this.#store, storage, { namespace, options, actor, user: this.#user }),
    );
  }

  customResources(): readonly ApiResource[] {
    const definitions = this.#store.reader.list<CustomResourceDefinition>(definitionsResource);
    return definitions.filter(isEstablished).flatMap((one) => customKindsOf(one).map(({ resource }) => resource));
  }

  raw(uri: string): void {
    this.#request({ verb: 'get', target: { resource: '', uri } }, undefined, () => undefined);
  }

  impersonate(userName: string, groups: readonly string[]): Client {
    return new ServerClient(this.#store, this.#authorizer, this.actor, impersonated(userName, groups));
  }

  /** The query of a person's request. */
  #query<Options>(write: (options: Options) => string | undefined, options: Options): string | undefined {
    return this.#component ? undefined : write(options);
  }

  /** What the server says of a deprecated kind whatever is done to it. */
  #warnings(storage: Pick<Storage, 'resource' | 'custom'> | undefined, apiVersion?: string): string[] {
    if (this.#component || !storage) return [];
    const { resource, custom } = storage;
    const own = apiVersionOf(resource);
    const warning = custom
      ? kindOfVersion(custom, apiVersion ?? own)?.deprecation
      : deprecationWarning(own, resource.kind);
    return warning === undefined ? [] : [warning];
  }

  #target({ resource, name: resourceName, custom }: Storage, target: CreateTarget, options: WriteOptions): WriteTarget {
    const { name = '', subresource = '', apiVersion } = target;
    const namespace = resource.namespaced ? target.namespace : undefined;
    return {
      resource,
      resourceName,
      subresource,
      namespace,
      apiVersion,
      name,
      actor: this.actor,
      user: this.#user,
      options,
      warnings: this.#warnings({ resource, custom }, apiVersion),
      custom,
    };
  }

  /** Records the request, lets it through to the work if the user may, and records the answer (none: 200 without a body). */
  #request<T extends KubeObject>(
    line: RequestLine,
    storage: Storage | undefined,
    work: () => Answer | undefined,
    warnings: readonly string[] = this.#warnings(storage),
  ): ApiResponse<T> {
    if (!this.#component && storage?.resource.group === 'rbac.authorization.k8s.io') this.#store.bootstrapPolicy();
    const answer = this.#store.kernel.isSilent
      ? (this.#forbidden(line, storage) ?? work())
      : this.#traced(line, warnings, () => this.#forbidden(line, storage) ?? work());
    const code = answer?.code ?? 200;
    if (answer?.status) return { ok: false, code, status: answer.status, warnings };
    return { ok: true, code, object: answer?.object as T, warnings };
  }

  #traced(line: RequestLine, warnings: readonly string[], work: () => Answer | undefined): Answer | undefined {
    const { kernel } = this.#store;
    const request = kernel.record(this.actor, serverName, this.#details(line));
    const answer = kernel.causedBy(request, work);
    const body = answer && (answer.status ?? traced(answer.object));
    const response: Writable<ResponseDetails> = { type: 'response', request, code: answer?.code ?? 200 };
    if (body) response.body = body;
    if (warnings.length > 0) response.warnings = warnings;
    kernel.record(serverName, this.actor, response);
    return answer;
  }

  #details({ verb, target, body, query }: RequestLine): RequestDetails {
    const { resource } = target;
    const isEvent = resource === 'events' || resource === 'events.events.k8s.io';
    const event = isEvent ? this.#eventOf(target, body) : undefined;
    const request: Writable<RequestDetails> = { type: 'request', verb, target };
    if (body !== undefined) request.body = tracedBody(resource, body);
    if (query !== undefined) request.query = query;
    if (event) request.event = event;
    return request;
  }

  /** The Event a request is about: the one it brings, or the one that is stored. */
  #eventOf({ namespace, name }: RequestTarget, body: unknown): RequestDetails['event'] {
    const given = body as Partial<Event & EventsEvent> | undefined;
    const about = given?.involvedObject ?? given?.regarding;
    if (given && about) return { reason: given.reason ?? '', about: aboutText(about) };
    const stored = name ? this.#store.reader.get<Event>('events', namespace, name) : undefined;
    return stored && { reason: stored.reason ?? '', about: aboutText(stored.involvedObject) };
  }

  /** Authentication and authorization; an answer if the user may not. */
  #forbidden({ verb, target }: RequestLine, storage: Storage | undefined): Answer | undefined {
    const action = actionOf(verb, target.subresource);
    if (this.#isGranted(storage, action)) return undefined;
    const attributes = accessAttributes(verb, target, storage);
    const isUntold = this.#tellsNoGrants;
    const verdict = this.#authorizer.authorize(this.#user, attributes, this.#controller, isUntold);
    const { allowed, reason, known, everywhere } = verdict;
    const isOfInterest = !known && !(isUntold && allowed);
    if (isOfInterest || !this.#component) this.#recordAccess(target, storage, allowed, reason);
    if (everywhere && this.#component && storage) {
      this.#authorizer.grantsOf(this.actor, storage.name).add(action);
      if (!isUntold) this.#told(storage).add(action);
    }
    return allowed ? undefined : refused(forbiddenStatus(this.#user, attributes));
  }

  /** A program reads what it is known to have a right to, and nothing of it is traced: as each does for every resource when it starts. */
  #isUntold(storage: Storage, action: 'list' | 'watch'): boolean {
    return this.#store.kernel.isSilent && this.#isGranted(storage, action);
  }

  /** Whether a program's right is known, and was told: of people every request is told anew, and untraced ones need no telling. */
  #isGranted(storage: Storage | undefined, action: string): boolean {
    if (!this.#component || !storage) return false;
    if (this.#tellsNoGrants) return this.#authorizer.grantsOf(this.actor, storage.name).has(action);
    return this.#told(storage).has(action);
  }

  /** Nobody hears of what the programs of the cluster may do. */
  get #tellsNoGrants(): boolean {
    const { isSilent, isBrief } = this.#store.kernel;
    return isSilent || isBrief;
  }

  #told(storage: Storage): Set<string> {
    const { version } = this.#authorizer;
    if (version !== this.#toldVersion) this.#toldActions = undefined;
    this.#toldVersion = version;
    const told = (this.#toldActions ??= new Map<Storage, Set<string>>());
    let actions = told.get(storage);
    if (!actions) told.set(storage, (actions = new Set()));
    return actions;
  }

  #recordAccess(target: RequestTarget, storage: Storage | undefined, allowed: boolean, reason: string): void {
    const { kernel } = this.#store;
    const { name: user, groups } = this.#user;
    const subject = {
      apiVersion: storage?.apiVersion ?? '',
      kind: storage?.resource.kind ?? '',
      name: target.name ?? '',
      ...(target.namespace && { namespace: target.namespace }),
    };
    kernel.record(serverName, serverName, {
      type: 'decision',
      subject,
      decision: { type: 'authentication', user, groups },
    });
    kernel.record(serverName, serverName, {
      type: 'decision',
      subject,
      decision: { type: 'authorization', allowed, reason },
    });
  }
}

const actions = new Map<Verb, Map<string, string>>();

/** `patch`, `patch/status`: the same text each time, so that it need not be put together and hashed with every request. */
function actionOf(verb: Verb, subresource: string | undefined): string {
  if (!subresource) return verb;
  let known = actions.get(verb);
  if (!known) actions.set(verb, (known = new Map<string, string>()));
  let action = known.get(subresource);
  if (action === undefined) known.set(subresource, (action = `${verb}/${subresource}`));
  return action;
}

const aboutText = ({ kind, name }: ObjectReference) => `${kind}/${name}`;

function isItems(found: readonly KubeObject[] | Answer): found is readonly KubeObject[] {
  return Array.isArray(found);
}

/** A list or watch of one object names it, as the server's audit log does. */
function listTarget(resource: string, { namespace, fieldSelector = '' }: ListOptions): RequestTarget {
  const [, name] = /^metadata\.name=([^,]*)$/.exec(fieldSelector) ?? [];
  return { resource, ...(namespace && { namespace }), ...(name && { name }) };
}

function accessAttributes(verb: Verb, target: RequestTarget, storage: Storage | undefined): AccessAttributes {
  const { namespace, name, subresource = '', uri } = target;
  const { group, plural } = storage?.resource ?? { group: '', plural: '' };
  const where = storage?.resource.namespaced ? namespace : undefined;
  // The name of an object that is yet to be made is not in the URL.
  const asked = verb === 'create' && !subresource ? undefined : name;
  const path = uri === undefined ? {} : { path: uri };
  return { verb, group, resource: plural, subresource, namespace: where, name: asked, ...path };
}
