// How objects are named between panel and server.
import type { ObjectRef } from '../../api/object.ts';

/** `Pod default/myapp`, `Node worker-1`. */
export function keyOfRef({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
