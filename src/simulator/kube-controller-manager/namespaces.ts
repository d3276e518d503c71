// What some controllers do: keep an object of a fixed name in every namespace.
import type { KubeObject, Namespace } from '../../api/object.ts';
import { failSync, SyncQueue, type Controller, type ControllerContext } from './controller.ts';

export interface NamespacedObject {
  /** The service account of the controller that keeps it. */
  readonly actor: string;
  readonly resource: string;
  readonly name: string;
  readonly make: (namespace: string) => KubeObject;
}

/** A controller that makes the object in each namespace that has none, and again when it is deleted. */
export function keepInEveryNamespace({ actor, resource, name, make }: NamespacedObject): Controller {
  return { name: actor, start: listen };

  function listen(context: ControllerContext): void {
    const { client, informers } = context;
    const namespaces = informers.of<Namespace>('namespaces');
    const objects = informers.of(resource);
    const queue = new SyncQueue(context, (namespace) => {
      const active = namespaces.get(namespace)?.status?.phase === 'Active';
      if (!active || objects.get(`${namespace}/${name}`)) return;
      const response = client.create({ resource, namespace }, make(namespace));
      if (!response.ok && response.status.reason !== 'AlreadyExists') failSync(response.status);
    });
    const enqueue = ({ metadata }: Namespace) => queue.add(metadata.name ?? '');
    namespaces.handle({ onAdd: enqueue, onUpdate: enqueue });
    objects.handle({
      onDelete: ({ metadata }) => {
        if (metadata.name === name) queue.add(metadata.namespace ?? '');
      },
    });
  }
}
