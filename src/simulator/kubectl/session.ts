// One kubectl command at work: its requests with their waits, the warnings that come back, and what it prints.
import type { KubeObject } from '../../api/object.ts';
import { apiVersionOf, qualifiedName, resourceByQualifiedName, type ApiResource } from '../../api/resources.ts';
import type {
  ApiResponse,
  Client,
  DeleteOptions,
  ListOptions,
  PatchType,
  WatchEvent,
  WriteOptions,
} from '../client/client.ts';
import type { ComponentContext } from '../client/component.ts';
import { kubectlRoundTrip } from '../kernel/durations.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { statusFailure, type Failure } from './failure.ts';
import { DiskCache, type FileAccess, type KubectlOptions, type Print } from './ports.ts';

/** Work that waits: yields virtual milliseconds, returns what came of it. */
export type Steps<T> = Generator<number, T, void>;

/** An object by resource, namespace and name. */
export interface Place {
  readonly resource: ApiResource;
  readonly namespace?: string;
  readonly name: string;
}

export class Session {
  readonly kernel: Kernel;
  readonly args: readonly string[];
  readonly files: FileAccess;
  readonly cache: DiskCache;
  readonly print: Print;
  readonly fieldDocs: NonNullable<KubectlOptions['fieldDocs']>;
  /** Why lists could not be had. */
  readonly refusals: Failure[] = [];
  #client: Client;
  readonly #warned = new Set<string>();
  /** `/openapi/v3` is asked for once by every command that validates. */
  #openApiIndex = false;
  /** Whether this command asked what the server serves. */
  #isFresh = false;

  constructor({ kernel, client }: ComponentContext, options: KubectlOptions, print: Print) {
    this.kernel = kernel;
    this.#client = client;
    this.args = options.args;
    this.files = options.files;
    this.cache = options.cache ?? new DiskCache();
    this.print = print;
    this.fieldDocs = options.fieldDocs ?? (() => undefined);
  }

  get client(): Client {
    return this.#client;
  }

  /** Goes on in the name of another user. */
  impersonate(userName: string, groups: readonly string[]): void {
    this.#client = this.#client.impersonate(userName, groups);
  }

  get now(): number {
    return this.kernel.now;
  }

  out(line: string): void {
    this.print('stdout', `${line}\n`);
  }

  /** A warning is printed once by a command, however often it comes. */
  warn(text: string): void {
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    this.print('stderr', `Warning: ${text}\n`);
  }

  *get<T extends KubeObject>(place: Place): Steps<ApiResponse<T>> {
    return yield* this.#answered(this.client.get<T>(targetOf(place)));
  }

  /** Info.Get: of an object that is not there, whether its namespace is, is asked too; then that is what is told. */
  *getNamed<T extends KubeObject>(place: Place): Steps<ApiResponse<T>> {
    const { resource, namespace = '' } = place;
    const response = yield* this.get<T>(place);
    const namespaces = resourceByQualifiedName('namespaces');
    const isAsked = !response.ok && response.code === 404 && resource.namespaced && namespaces;
    if (!isAsked || namespace === '' || namespace === 'default') return response;
    const around = yield* this.get<T>({ resource: namespaces, name: namespace });
    return !around.ok && around.code === 404 ? around : response;
  }

  *list<T extends KubeObject>(resource: ApiResource, options: ListOptions = {}): Steps<readonly T[]> {
    const { items, refusal, warnings } = this.client.list<T>(qualifiedName(resource), options);
    yield kubectlRoundTrip;
    for (const warning of warnings) this.warn(warning);
    if (refusal) this.refusals.push(statusFailure(refusal));
    return items;
  }

  *create<T extends KubeObject>(
    resource: ApiResource,
    namespace: string | undefined,
    body: unknown,
    options?: WriteOptions,
  ): Steps<ApiResponse<T>> {
    const target = { resource: qualifiedName(resource), ...(namespace !== undefined && { namespace }) };
    return yield* this.#answered(this.client.create<T>(target, body, options));
  }

  *patch<T extends KubeObject>(
    place: Place,
    type: PatchType,
    patch: unknown,
    options?: WriteOptions,
    subresource?: string,
  ): Steps<ApiResponse<T>> {
    return yield* this.#answered(this.client.patch<T>(targetOf(place, subresource), type, patch, options));
  }

  *update<T extends KubeObject>(place: Place, body: T, options?: WriteOptions): Steps<ApiResponse<T>> {
    return yield* this.#answered(this.client.update<T>(targetOf(place), body, options));
  }

  /** Creates what belongs to an object: `pods/eviction`. */
  *createOf(place: Place, subresource: string, body: unknown): Steps<ApiResponse<KubeObject>> {
    return yield* this.#answered(this.client.create(targetOf(place, subresource), body));
  }

  *delete(place: Place, options: DeleteOptions): Steps<ApiResponse<KubeObject>> {
    return yield* this.#answered(this.client.delete(targetOf(place), options));
  }

  /** Tells of every change of the object after a version of it. */
  watchOne<T extends KubeObject>(
    { resource, namespace, name }: Place,
    resourceVersion: string | undefined,
    onEvent: (event: WatchEvent<T>) => void,
  ): { stop(): void } {
    const options = {
      ...(resource.namespaced && namespace !== undefined && { namespace }),
      watchList: true,
      fieldSelector: `metadata.name=${name}`,
      resourceVersion: resourceVersion ?? '0',
    };
    return this.client.watch<T>(qualifiedName(resource), options, onEvent);
  }

  *raw(uri: string): Steps<void> {
    this.client.raw(uri);
    yield kubectlRoundTrip;
  }

  /** Makes sure that kubectl knows what the server serves. */
  *discover(): Steps<void> {
    if (this.cache.discovery) return;
    this.cache.discovery = true;
    yield* this.raw('/api');
    yield* this.raw('/apis');
    this.cache.customResources = this.client.customResources();
    this.#isFresh = true;
  }

  /** What `find` finds among the custom resources; where it finds nothing, what was known from before is asked for anew. */
  *customResource(find: (resource: ApiResource) => boolean): Steps<ApiResource | undefined> {
    yield* this.discover();
    const known = this.cache.customResources.find(find);
    if (known || this.#isFresh) return known;
    this.cache.discovery = false;
    yield* this.discover();
    return this.cache.customResources.find(find);
  }

  /** Fetches the OpenAPI documents by which kubectl learns whether the server validates fields of a resource. */
  *fetchOpenApi(resource: ApiResource | undefined): Steps<void> {
    if (!this.#openApiIndex) {
      this.#openApiIndex = true;
      yield* this.raw('/openapi/v3');
    }
    if (!resource) return;
    const path = `/openapi/v3/${resource.group ? 'apis' : 'api'}/${apiVersionOf(resource)}`;
    if (this.cache.openApi.has(path)) return;
    this.cache.openApi.add(path);
    yield* this.raw(path);
  }

  *#answered<T extends KubeObject>(response: ApiResponse<T>): Steps<ApiResponse<T>> {
    yield kubectlRoundTrip;
    for (const warning of response.warnings) this.warn(warning);
    return response;
  }
}

/** Whether the API has the resource in another version by preference; of custom ones that is not known here. */
const isOlder = (resource: ApiResource) =>
  resourceByQualifiedName(qualifiedName(resource))?.version !== resource.version;

function targetOf({ resource, namespace, name }: Place, subresource?: string) {
  return {
    resource: qualifiedName(resource),
    ...(resource.namespaced && namespace !== undefined && { namespace }),
    name,
    ...(subresource && { subresource }),
    ...(isOlder(resource) && { apiVersion: apiVersionOf(resource) }),
  };
}
