// Writes the status of a workload; what conflicts is tried once more on the server's version, as the workload controllers do.
import { copyWith } from '../../base/copy.ts';
import type { KubeObject } from '../../api/object.ts';
import { failSync, succeeded, type ControllerContext } from './controller.ts';

export function writeStatus<T extends KubeObject & { readonly status?: unknown }>(
  { client }: ControllerContext,
  resource: string,
  object: T,
  status: NonNullable<T['status']>,
): void {
  const { namespace = '', name = '' } = object.metadata;
  const target = { resource, namespace, name };
  const write = (current: T) =>
    client.update<T>(copyWith(target, { subresource: 'status' }), copyWith(current, { status }));
  const response = write(object);
  if (response.ok) return;
  const current = client.get<T>(target);
  if (!current.ok) failSync(response.status);
  succeeded(write(current.object));
}
