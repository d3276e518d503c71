// The API server refused an object: it did not decode, is invalid, or an admission plugin or a rule of access said no.
import { isObject } from '../../base/json.ts';
import type { ApiStatus } from '../../api/status.ts';
import type { ObjectRef } from '../../api/object.ts';
import { resourceByQualifiedName } from '../../api/resources.ts';
import type { RequestDetails, Trace, TraceEntry } from '../../simulator/trace.ts';
import type { FieldLocation, Finding, Rule } from '../finding.ts';

type Part = Pick<Finding, 'id' | 'field' | 'message' | 'explanation'>;

export const refused: Rule = {
  ids: [
    'unknown-field',
    'duplicate-field',
    'mistyped-field',
    'invalid-field',
    'namespace-missing',
    'forbidden',
    'refused',
  ],
  find: ({ trace }) =>
    refusals(trace).flatMap(({ status, subject, steps }) =>
      partsOf(status).map((part) => ({
        ...part,
        severity: 'error',
        subject,
        steps,
        related: [],
        dependsOnCluster: status.code === 403 || status.code === 404,
      })),
    ),
};

interface Refusal {
  readonly status: ApiStatus;
  readonly subject: ObjectRef;
  readonly steps: readonly number[];
}

/** The answers to kubectl's writes that said no. */
function refusals(trace: Trace): Refusal[] {
  return trace.flatMap((entry) => {
    if (entry.type !== 'response' || entry.code < 400 || entry.to !== 'kubectl') return [];
    const request = trace[entry.request];
    if (request?.type !== 'request' || request.verb === 'get' || !isObject(entry.body)) return [];
    return [{ status: entry.body as ApiStatus, subject: subjectOf(request), steps: [request.seq, entry.seq] }];
  });
}

function subjectOf({ target, body }: TraceEntry & RequestDetails): ObjectRef {
  const object = isObject(body) ? body : {};
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const namespace = target.namespace ?? text(metadata.namespace);
  return {
    apiVersion: text(object.apiVersion) ?? '',
    kind: text(object.kind) ?? resourceByQualifiedName(target.resource)?.kind ?? '',
    name: target.name ?? text(metadata.name) ?? text(metadata.generateName) ?? '',
    ...(namespace && { namespace }),
  };
}

function partsOf(status: ApiStatus): Part[] {
  const { message, reason, details } = status;
  const strict = [...message.matchAll(/(unknown|duplicate) field "((?:[^"\\]|\\.)*)"/g)];
  if (reason === 'BadRequest' && strict.length) return strict.map(([, what = '', path = '']) => strictPart(what, path));
  const mistyped = /json: cannot unmarshal (.+?) into Go (?:struct field \w+\.(\S+)|value) of type (\S+)/.exec(message);
  if (mistyped) return [mistypedPart(message, mistyped[1] ?? '', mistyped[2] ?? '', mistyped[3] ?? '')];
  const causes = details?.causes ?? [];
  if (reason === 'Invalid' && causes.length)
    return causes.map(({ field = '', message: text = '' }) => invalidPart(field, text));
  if (reason === 'NotFound' && details?.kind === 'namespaces') return [namespacePart(message, details.name ?? '')];
  const explanation =
    reason === 'Forbidden' ? 'The API server does not let this object in.' : 'The API server refuses this object.';
  return [{ id: reason === 'Forbidden' ? 'forbidden' : 'refused', field: { path: '' }, message, explanation }];
}

function strictPart(what: string, path: string): Part {
  const name = path.split('.').at(-1) ?? path;
  const parent = path.slice(0, -name.length).replace(/\.$/, '') || 'the object';
  return {
    id: `${what}-field`,
    field: { path, key: true },
    message: `strict decoding error: ${what} field "${path}"`,
    explanation:
      what === 'unknown'
        ? `${parent} has no field ${name}: check the spelling and where it stands.`
        : `${name} is given twice in ${parent}: keep one of them.`,
  };
}

function mistypedPart(message: string, value: string, goPath: string, type: string): Part {
  // Go names of embedded structs stand in the path too; JSON names begin with a small letter
  const path = goPath
    .split('.')
    .filter((name) => !/^[A-Z]/.test(name))
    .join('.');
  const field: FieldLocation = { path, valueKind: value.split(' ')[0] ?? value };
  const wants = plainType(type);
  return {
    id: 'mistyped-field',
    field,
    message,
    explanation: `${path || 'The object'} wants ${wants}, not ${article(value)}.`,
  };
}

function plainType(type: string): string {
  if (type === 'string') return 'a string: put quotes around it';
  if (type === 'bool') return 'true or false, without quotes';
  if (/^u?int\d*$/.test(type)) return 'a whole number, without quotes';
  if (type.startsWith('[]')) return 'a list (lines that begin with "- ")';
  return type.startsWith('map[') ? 'a map (key: value)' : 'an object (key: value)';
}

const article = (value: string) => (/^[aeiou]/.test(value) ? `an ${value}` : `a ${value}`);

function invalidPart(field: string, text: string): Part {
  const path = field === '<nil>' ? '' : field;
  return {
    id: 'invalid-field',
    field: { path },
    message: path ? `${path}: ${text}` : text,
    explanation: `The API server does not accept ${path || 'this object'}.`,
  };
}

function namespacePart(message: string, name: string): Part {
  return {
    id: 'namespace-missing',
    field: { path: 'metadata.namespace' },
    message,
    explanation: `The cluster has no namespace ${name}: create it first, or apply its manifest together with this one.`,
  };
}
