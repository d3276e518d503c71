// From the body of a request to an object, as kube-apiserver's codec does it with fieldValidation=Strict (or not): the kind is
// found, the body goes through the Go type, and whatever is wrong becomes one 400.
import { Attached } from '../../../base/attached.ts';
import { copyWith } from '../../../base/copy.ts';
import { apiVersionOf, type ApiResource } from '../../../api/api-resource.ts';
import { quote, utf8Of } from '../../../api/go-text.ts';
import type { KubeObject } from '../../../api/object.ts';
import { typeOfKind, type SchemaType } from '../../../api/schema.ts';
import { badRequest, type ApiStatus } from '../../../api/status.ts';
import { isObject } from '../../../base/json.ts';
import { invariant } from '../../../base/invariant.ts';
import type { CustomKind } from '../custom-resources/custom-kind.ts';
import { decodeCustom } from '../custom-resources/decode.ts';
import { Decoder, type Integers } from '../../../api/decoding/decoder.ts';
import type { Form } from '../../../api/decoding/go-value.ts';
import { errorText, kindOf } from '../../../api/decoding/mismatch.ts';

/** The kind that a request's path stands for. */
export interface DecodingTarget extends Pick<ApiResource, 'group' | 'version' | 'kind'> {
  /** Of a kind that a CustomResourceDefinition makes known. */
  readonly custom?: CustomKind;
}

export interface DecodingOptions {
  /** Whether unknown and duplicate fields are errors (fieldValidation=Strict, what kubectl asks for). */
  readonly strict: boolean;
  /** Absent: they are read. A patched object is converted to its type, which looks at numbers less closely. */
  readonly integers?: Integers;
  /** The text, if the body was sent as YAML, and what is wrong with it alone: keys set twice, named before unknown fields. */
  readonly yaml?: { readonly text: string; readonly problems: readonly string[] };
}

/** An object, with what strict decoding would have refused; or the refusal. */
export type Decoded =
  { readonly object: KubeObject; readonly problems: readonly string[] } | { readonly status: ApiStatus };

const unregistered = 'in scheme "pkg/runtime/scheme.go:111"';

/** What the codec looks at first, as Go prints the type. */
const kindHolder =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/**
 * Decodes the JSON body of a create or update (apimachinery/pkg/runtime/serializer/json, sigs.k8s.io/json). The object has its
 * fields in Go's order, `null` is gone, quantities and times are canonical, and unknown fields are dropped. Keys are looked
 * at in byte order, as kubectl sends them. A JSON number arrives as a JavaScript number: an integer beyond 2^53 should come
 * as a bigint, or its text in a message is that of the nearest number.
 */
export function decode(body: unknown, target: DecodingTarget, options: DecodingOptions): Decoded {
  const apiVersion = apiVersionOf(target);
  const named = namedKind(body);
  if ('error' in named) return { status: unrecognized(target.kind, named.error, options.yaml?.text ?? jsonText(body)) };
  const kind = named.kind || target.kind;
  const given = named.apiVersion || apiVersion;
  const version = given.slice(given.indexOf('/') + 1);
  const refused = (error: string): Decoded => ({
    status: badRequest(`${kind} in version ${quote(version)} cannot be handled as a ${target.kind}: ${error}`),
  });
  if (target.custom) return custom(body, target.custom, { apiVersion, kind, given }, options, refused);
  const type = typeOfKind(given, kind);
  if (!type) return refused(`no kind ${quote(kind)} is registered for version ${quote(given)} ${unregistered}`);
  let decoder = new Decoder('decoded', options.integers, 'given');
  let decoded = decoder.decode(type, body);
  if (decoder.error !== undefined || decoder.unknownFields.length) {
    decoder = new Decoder('decoded', options.integers);
    decoded = decoder.decode(type, body);
  }
  if (decoder.error !== undefined) return refused(errorText(decoder.error));
  const unknown = decoder.unknownFields.map((field) => `unknown field ${quote(field)}`);
  const problems = [...(options.yaml?.problems ?? []), ...unknown];
  if (options.strict && problems.length) return refused(`strict decoding error: ${problems.join(', ')}`);
  if (given !== apiVersion) {
    const text = `the API version in the data (${given}) does not match the expected API version (${apiVersion})`;
    return { status: badRequest(text) };
  }
  const object = copyWith(decoded as KubeObject, { apiVersion, kind });
  if (!decoder.foundEmpty) inStoredForm.set(object, true);
  return { object, problems };
}

/** Objects of which no list or map was sent empty: decoding has made them as they will be stored. */
const inStoredForm = new Attached<KubeObject, true>();

function custom(
  body: unknown,
  { schema }: CustomKind,
  { apiVersion, kind, given }: { readonly apiVersion: string; readonly kind: string; readonly given: string },
  { strict, yaml, integers }: DecodingOptions,
  refused: (error: string) => Decoded,
): Decoded {
  // of custom objects only what is applied by the server is converted
  const decoded = decodeCustom(isObject(body) ? body : {}, schema, integers === 'converted');
  if ('error' in decoded) return refused(decoded.error);
  const problems = [...(yaml?.problems ?? []), ...decoded.unknown.map((field) => `unknown field "${field}"`)];
  if (strict && problems.length) return refused(`strict decoding error: ${problems.join(', ')}`);
  if (given !== apiVersion) {
    const text = `the API version in the data (${given}) does not match the expected API version (${apiVersion})`;
    return { status: badRequest(text) };
  }
  return { object: { ...decoded.object, apiVersion, kind }, problems };
}

/** The apiVersion and kind of a body, empty where it does not say. */
function namedKind(body: unknown): { apiVersion: string; kind: string } | { error: string } {
  const failed = (text: string) => ({ error: `couldn't get version/kind; json parse error: json: ${text}` });
  if (body === null || body === undefined) return { apiVersion: '', kind: '' };
  if (!isObject(body)) return failed(`cannot unmarshal ${kindOf(body)} into Go value of type ${kindHolder}`);
  for (const field of ['apiVersion', 'kind']) {
    const value = body[field];
    if (value !== null && value !== undefined && typeof value !== 'string') {
      return failed(`cannot unmarshal ${kindOf(value)} into Go struct field .${field} of type string`);
    }
  }
  return { apiVersion: (body['apiVersion'] as string | null) ?? '', kind: (body['kind'] as string | null) ?? '' };
}

/** The refusal of a body that cannot be read at all. The server adds the first 30 bytes of the text, in hex. */
export function unrecognized(kind: string, error: string, text: string): ApiStatus {
  return badRequest(`the object provided is unrecognized (must be of type ${kind}): ${error} (${hexSummary(text)})`);
}

/**
 * An object of a built-in kind as it comes back from storage; an object of another kind is returned as it is. `sent` is what it was
 * decoded as: most of it is still there.
 */
export function canonicalize<T extends KubeObject>(object: T, sent?: KubeObject): T {
  return inForm(object, 'stored', sent && inStoredForm.get(sent) ? sent : undefined);
}

/** An object of a built-in kind as the server writes it: as stored, with `null` for lists that are always written. */
export function wireForm<T extends KubeObject>(object: T): T {
  return inForm(object, 'wire');
}

function inForm<T extends KubeObject>(object: T, form: Form, known?: KubeObject): T {
  const type = typeOfKind(object.apiVersion, object.kind);
  return type ? (inFormOf(type, object, form, known) as T) : object;
}

/** A part of an object (a Pod template, say) in one of the forms. The value must be one that decodes. */
export function inFormOf(type: SchemaType, value: unknown, form: Form, known?: unknown): unknown {
  const decoder = new Decoder(form, 'read', 'given');
  const result = decoder.decode(type, value, undefined, known);
  invariant(decoder.error === undefined, `not a ${type.goType}: ${decoder.error && errorText(decoder.error)}`);
  return result;
}

/** About the JSON that was sent; only its beginning is ever shown. */
function jsonText(body: unknown): string {
  return JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)) ?? '';
}

/** The first 30 bytes of a text in hex, and dots if there are more. */
function hexSummary(text: string): string {
  const bytes = [...text.slice(0, 31)].flatMap((character) => utf8Of(character.codePointAt(0) ?? 0));
  const hex = bytes
    .slice(0, 30)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return bytes.length > 30 ? `${hex} ...` : hex;
}
