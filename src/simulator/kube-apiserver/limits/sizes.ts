// How large a request and what is stored may be: the limit of kube-apiserver for bodies (k8s.io/apiserver/pkg/server/config.go,
// MaxRequestBodyBytes) and those of etcd and its client (1.5 MiB for a request, 2 MiB for a message; etcd 3.6).
import { byteLength, structJson } from '../../../api/go-text.ts';
import type { KubeObject } from '../../../api/object.ts';
import { failure, type ApiStatus } from '../../../api/status.ts';
import { isObject } from '../../../base/json.ts';

const bodyLimit = 3 * 1024 * 1024;
const etcdLimit = 1.5 * 1024 * 1024;
const messageLimit = 2 * 1024 * 1024;

/** What stands around an object in a request to etcd, at most. */
const envelope = 1024;

const jsonBytes = (value: unknown) => byteLength(structJson(value));

/** The refusal of a body, which is sent as JSON. */
export function bodyRefusal(body: unknown): ApiStatus | undefined {
  if (jsonBytes(body) + 1 <= bodyLimit) return undefined;
  return failure(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${bodyLimit}`);
}

/** The refusal of an object by etcd; `open` where the limit is too near to tell. Objects of built-in kinds are stored in Protobuf. */
export function storeRefusal(object: KubeObject, isCustom: boolean): ApiStatus | 'open' | undefined {
  const json = jsonBytes(object);
  const least = isCustom ? json : protobufBytes(object);
  // of a message that is too large the real text tells the exact size
  if (least > messageLimit) {
    const sizes = `(${least} vs. ${messageLimit})`;
    const text = `rpc error: code = ResourceExhausted desc = trying to send message larger than max ${sizes}`;
    return failure(500, '', text);
  }
  if (least > etcdLimit) return failure(500, '', 'etcdserver: request is too large');
  return json + envelope > etcdLimit ? 'open' : undefined;
}

/** The bytes that the texts of an object take in Protobuf, each with its tag and length: the least that it takes as a whole. */
function protobufBytes(value: unknown): number {
  if (typeof value === 'string') {
    const bytes = byteLength(value);
    return bytes + (bytes < 0x80 ? 2 : 3);
  }
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + protobufBytes(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) => sum + (key === 'fieldsV1' ? jsonBytes(inner) : protobufBytes(inner)),
    0,
  );
}
