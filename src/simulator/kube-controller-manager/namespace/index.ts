// The namespace controller: a namespace that is deleted goes when everything in it has gone
// (k8s.io/kubernetes/pkg/controller/namespace, v1.36).
import { keyOf, type Namespace } from '../../../api/object.ts';
import { failure } from '../../../api/status.ts';
import type { ApiResponse } from '../../client/client.ts';
import { failSync, succeeded, SyncQueue, type Controller, type ControllerContext } from '../controller.ts';
import { namespaceConditions } from './conditions.ts';
import { deleteContent } from './content.ts';

/** Time for what is on its way into the namespace to arrive. Virtual milliseconds. */
const gracePeriod = 5000;
const retryDelays = { first: 5, longest: 60_000 };
const finalizer = 'kubernetes';

export const namespaceController: Controller = {
  name: 'namespace-controller',
  start(context) {
    new NamespaceController(context).listen();
  },
};

class NamespaceController {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new SyncQueue(context, (name) => this.#sync(name), { retryDelays });
  }

  listen(): void {
    const enqueue = (namespace: Namespace) => {
      if (!namespace.metadata.deletionTimestamp) return;
      this.#queue.addAfter(keyOf(namespace), gracePeriod, { background: false });
    };
    this.#context.informers.of<Namespace>('namespaces').handle({ onAdd: enqueue, onUpdate: enqueue });
  }

  #get(name: string): ApiResponse<Namespace> {
    return this.#context.client.get<Namespace>({ resource: 'namespaces', name });
  }

  #sync(name: string): void {
    if (!this.#context.informers.of<Namespace>('namespaces').get(name)) return;
    const { client, kernel } = this.#context;
    const found = this.#get(name);
    if (!found.ok) return found.status.reason === 'NotFound' ? undefined : failSync(found.status);
    const namespace = found.object;
    if (!namespace.metadata.deletionTimestamp || !namespace.spec?.finalizers?.length) return;
    const content = deleteContent(client, namespace, kernel.now);
    this.#tell(namespace, content);
    if (content.errors.length > 0) {
      // as long as Pods are on their way out something happens, however long the waits between the looks
      this.#queue.addAfter(name, retryDelays.longest, { background: false });
      failSync(failure(500, 'InternalError', content.errors.join(', ')));
    }
    if (content.estimate === 0) return this.#finalize(namespace);
    const wait = (Math.floor(content.estimate / 2) + 1) * 1000;
    this.#queue.addAfter(name, wait, { background: !content.podsRemain });
  }

  #tell(namespace: Namespace, content: ReturnType<typeof deleteContent>): void {
    const { client, kernel } = this.#context;
    const { metadata, status } = namespace;
    const known = status?.conditions ?? [];
    const conditions = namespaceConditions(known, content, !content.podsRemain, kernel.timestamp());
    if (conditions === known) return;
    const target = { resource: 'namespaces', name: metadata.name ?? '', subresource: 'status' };
    client.update<Namespace>(target, { ...namespace, status: { ...status, conditions } });
  }

  /** Lets go of the namespace; where it was changed meanwhile, of what it is now. */
  #finalize(namespace: Namespace): void {
    const { name = '' } = namespace.metadata;
    const target = { resource: 'namespaces', name, subresource: 'finalize' };
    const finalizers = (namespace.spec?.finalizers ?? []).filter((other) => other !== finalizer);
    const response = this.#context.client.update<Namespace>(target, { ...namespace, spec: { finalizers } });
    if (response.ok || response.status.reason === 'NotFound') return;
    if (response.status.reason !== 'Conflict') failSync(response.status);
    this.#finalize(succeeded(this.#get(name)));
  }
}
