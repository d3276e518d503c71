// One refusal may have several parts: each field error with the field that it is about, and what to do about it.
import { byteLength } from '../../api/go-text.ts';
import type { ApiStatus, StatusCause } from '../../api/status.ts';
import { isObject } from '../../base/json.ts';
import type { Finding, RelatedPlace } from '../finding.ts';
import { placeOfForbidden, type ForbiddenPlace } from '../forbidden.ts';
import { missingForPod } from '../missing-reference.ts';
import { suggestField, suggestValue } from '../suggest.ts';
import { firstLike, placeOfKind, placeOfRefused, valueAt } from '../value-places.ts';

export interface Part extends Pick<Finding, 'id' | 'field' | 'message' | 'explanation'> {
  readonly related?: readonly RelatedPlace[];
  /** In the same object: what it is the same as. */
  readonly alike?: string;
}

/** The parts of a refusal of an object that was sent to a namespace. */
export function partsOf(status: ApiStatus, sent: unknown, namespace?: string): Part[] {
  const { message, reason, details } = status;
  const strict = [...message.matchAll(/(unknown|duplicate) field "((?:[^"\\]|\\.)*)"/g)];
  if (reason === 'BadRequest' && strict.length) {
    return strict.map(([text, what = '', path = '']) => strictPart(text, what, path, sent));
  }
  const wrongValue = mistypedPart(message, sent) ?? unreadablePart(message, sent);
  if (reason === 'BadRequest' && wrongValue) return [wrongValue];
  const causes = details?.causes ?? [];
  if (reason === 'Invalid' && causes.length) return causes.map((cause) => invalidPart(cause, sent));
  if (reason === 'NotFound' && details?.kind === 'namespaces') return [namespacePart(message, details.name ?? '')];
  return [missingPart(message) ?? wholePart(status, placeOfForbidden(message, sent, namespace))];
}

function strictPart(text: string, what: string, path: string, sent: unknown): Part {
  const name = path.split('.').at(-1) ?? path;
  const parent = path.slice(0, -name.length).replace(/\.$/, '') || 'the object';
  return {
    id: `${what}-field`,
    field: { path, key: true },
    message: `strict decoding error: ${text}`,
    explanation:
      what === 'unknown'
        ? `${capital(parent)} has no field ${name}: ${suggestionText(name, path, sent)}`
        : `${name} is given twice in ${parent}: keep one of them.`,
  };
}

const capital = (text: string) => (text === 'the object' ? 'The object' : text);

function suggestionText(name: string, path: string, sent: unknown): string {
  const found = suggestField(sent, path);
  if (!found) return 'remove it, or check the spelling.';
  return 'beside' in found
    ? `did you mean ${found.beside}?`
    : `${name} is a field of ${found.elsewhere}, so check the indentation.`;
}

/** The message of Go's JSON decoder for a value of the wrong kind. Names of embedded structs, which stand in its path too, begin with a capital. */
export function mistypedPart(message: string, sent: unknown): Part | undefined {
  const match = /json: cannot unmarshal (.+?) into Go (?:struct field \w*\.(\S+)|value) of type (\S+)/.exec(message);
  if (!match) return undefined;
  const [, value = '', goPath = '', type = ''] = match;
  const path = goPath
    .split('.')
    .filter((name) => !/^[A-Z]/.test(name))
    .join('.');
  const place = placeOfKind(sent, path, value.split(' ')[0] ?? value) ?? path;
  const [wants, how] = plainType(type);
  const what = place ? place : 'The object';
  return {
    id: 'mistyped-field',
    field: { path: place },
    message,
    explanation: `${what} wants ${wants}, not ${article(plainKind(value))}${how ? `: ${how}` : ''}.`,
  };
}

/** What a Go type is in YAML, and what to do if something else stands there. */
function plainType(type: string): readonly [string, string?] {
  if (type === 'string') return ['a string', 'put quotes around it'];
  if (type === 'bool') return ['true or false', 'write it without quotes'];
  if (/^u?int\d*$|^float\d+$/.test(type)) return ['a number', 'write it without quotes'];
  if (type.startsWith('[]')) return ['a list', 'begin each item with "- "'];
  return [type.startsWith('map[') ? 'a map of keys and values' : 'an object with fields of its own'];
}

const kinds: Readonly<Record<string, string>> = { bool: 'boolean', array: 'list' };
const plainKind = (value: string) => kinds[value] ?? value;
const article = (value: string) => (/^[aeiou]/.test(value) ? `an ${value}` : `a ${value}`);

/** A quantity, a time or bytes that cannot be read; the message says neither where nor which. */
function unreadablePart(message: string, sent: unknown): Part | undefined {
  const path = placeOfRefused(sent, message);
  if (path === undefined) return undefined;
  return {
    id: 'mistyped-field',
    field: { path },
    message,
    explanation: `The value of ${path} cannot be read: correct it.`,
  };
}

function invalidPart({ field = '', message = '', reason = '' }: StatusCause, sent: unknown): Part {
  const named = field === '<nil>' ? '' : field;
  const path = asWritten(named, sent);
  return {
    id: 'invalid-field',
    field: { path },
    message: named ? `${named}: ${message}` : message,
    explanation: isOfLastApplied(path, message, sent)
      ? lastAppliedText
      : remedy(path || 'this object', message, reason),
    ...(reason === 'FieldValueDuplicate' && firstAlike(sent, path)),
  };
}

/** A definition whose versions are alike is looked at as one that has their schema and so on but once, as they were written in v1beta1. */
function asWritten(field: string, sent: unknown): string {
  if (!isObject(sent) || sent.kind !== 'CustomResourceDefinition') return field;
  return field
    .replace(/^spec\.validation(?=\.)/, 'spec.versions[0].schema')
    .replace(/^spec\.(subresources|additionalPrinterColumns|selectableFields)\b/, 'spec.versions[0].$1');
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const lastAppliedText =
  'kubectl apply writes the whole object into an annotation, which this one is too big for: use kubectl apply --server-side, or kubectl create.';

/** Whether the annotations are too long only by the one that kubectl adds; what is allowed is of keys and values together (ValidateAnnotationsSize). */
function isOfLastApplied(path: string, message: string, sent: unknown): boolean {
  const limit = /^Too long: may not be more than (\d+) bytes/.exec(message)?.[1];
  if (path !== 'metadata.annotations' || limit === undefined) return false;
  const annotations = valueAt(sent, path);
  const own = Object.entries(isObject(annotations) ? annotations : {}).filter(([key]) => key !== lastApplied);
  return own.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(String(value)), 0) <= Number(limit);
}

function firstAlike(sent: unknown, path: string): Pick<Part, 'alike'> {
  const alike = firstLike(sent, path);
  return alike === undefined ? {} : { alike };
}

function remedy(path: string, message: string, reason: string): string {
  switch (reason) {
    case 'FieldValueRequired':
      return `Give ${path} a value.`;
    case 'FieldValueDuplicate':
      return `${path} is there twice: make them different, or remove one.`;
    case 'FieldValueForbidden':
      return `Remove ${path}, or what it does not go together with.`;
    case 'FieldValueNotSupported':
      return supportedText(path, message);
    default:
      return remedies.find(([says]) => says.test(message))?.[1](path) ?? `Correct ${path}.`;
  }
}

/** What to do about sentences that many rules share. */
const remedies: readonly (readonly [RegExp, (path: string) => string])[] = [
  [
    /not a valid selector operator$/,
    (path) =>
      /[nN]odeAffinity|nodeSelectorTerms/.test(path)
        ? 'Use In, NotIn, Exists, DoesNotExist, Gt or Lt.'
        : 'Use In, NotIn, Exists or DoesNotExist.',
  ],
  [
    /field is immutable/,
    (path) => `${path} cannot be changed: leave it as it is, or delete the object and create it anew.`,
  ],
  [/`selector` does not match template `labels`/, () => 'Give the template the labels that spec.selector asks for.'],
  [/must be less than or equal to .* limit/, () => 'Lower the request, or raise the limit.'],
  [/RFC 1123/, (path) => `Write ${path} in lower case letters, digits and "-".`],
  [/must be between/, (path) => `Give ${path} a value in that range.`],
];

function supportedText(path: string, message: string): string {
  const meant = suggestValue(message);
  // a value may be supported, and be refused all the same while its feature is off
  const isMeant = message.includes(`Unsupported value: "${meant}"`);
  return meant === undefined || isMeant ? `Give ${path} one of the supported values.` : `Did you mean ${meant}?`;
}

function namespacePart(message: string, name: string): Part {
  return {
    id: 'namespace-missing',
    field: { path: 'metadata.namespace' },
    message,
    explanation: `The cluster has no namespace ${name}: create it first, or apply its manifest together with this one.`,
  };
}

function missingPart(message: string): Part | undefined {
  const missing = missingForPod(message);
  if (!missing) return undefined;
  return {
    id: 'reference-missing',
    field: { path: missing.path },
    message,
    explanation: `The cluster has no ${missing.what}: create it first, or correct the name.`,
  };
}

function wholePart({ message, reason }: ApiStatus, place: ForbiddenPlace | undefined): Part {
  const isForbidden = reason === 'Forbidden';
  const says = isForbidden ? 'The API server does not let this object in.' : 'The API server refuses this object.';
  return {
    id: isForbidden ? 'forbidden' : 'refused',
    field: { path: place?.path ?? '' },
    message,
    explanation: place?.explanation ?? says,
    ...(place && { related: place.related }),
  };
}
