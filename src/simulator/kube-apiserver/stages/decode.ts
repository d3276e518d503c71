// From the body of a request to an object. Bodies of users are decoded as the real server does it; those of our own components
// are typed by their code, and taken as they are.
import type { KubeObject } from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import type { WriteOptions } from '../../client/client.ts';
import { decode, type DecodingTarget } from '../decoding/decode.ts';
import type { Integers } from '../../../api/decoding/decoder.ts';

export type DecodedBody =
  { readonly object: KubeObject; readonly warnings: readonly string[] } | { readonly status: ApiStatus };

/** What strict decoding refuses is a warning with `fieldValidation=Warn`, the server's default, and nothing with `Ignore`. */
export function decodeBody(
  body: unknown,
  resource: DecodingTarget,
  { fieldValidation = 'Warn' }: WriteOptions,
  integers?: Integers,
): DecodedBody {
  const decoded = decode(body, resource, { strict: fieldValidation === 'Strict', ...(integers && { integers }) });
  if ('status' in decoded) return decoded;
  return { object: decoded.object, warnings: fieldValidation === 'Warn' ? decoded.problems : [] };
}
