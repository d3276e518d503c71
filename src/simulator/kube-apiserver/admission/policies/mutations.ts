// What the mutations of a policy make of an object (apiserver/pkg/admission/plugin/policy/mutating/patch, Kubernetes 1.36).
import type { KubeObject, Mutation } from '../../../../api/object.ts';
import { typeOfKind } from '../../../../api/schema.ts';
import { failure, type ApiStatus } from '../../../../api/status.ts';
import { isObject } from '../../../../base/json.ts';
import { CelMessage, misnamed } from '../../../../cel/messages.ts';
import { kindOfVersion } from '../../custom-resources/custom-kind.ts';
import { decode, wireForm } from '../../decoding/decode.ts';
import { defaultObject } from '../../defaulting/index.ts';
import { merged } from '../../managed-fields/merge.ts';
import { innerOf, structureOf, type Structure } from '../../managed-fields/structure.ts';
import { problemsText, structureProblems } from '../../managed-fields/validate.ts';
import { applyJsonPatch, type JsonPatchOperation } from '../../../../api/json-patch.ts';
import type { AdmissionRequest } from '../plugin.ts';
import type { Evaluation } from './evaluation.ts';

/** The object after a mutation; what went wrong; an answer that ends the request; or why it is not known. */
export type Mutated =
  | { readonly object: KubeObject }
  | { readonly error: string }
  | { readonly status: ApiStatus }
  | { readonly unmodelled: string };

export function mutate(
  mutation: Mutation,
  evaluation: Evaluation,
  object: KubeObject,
  request: AdmissionRequest,
): Mutated {
  const { patchType, applyConfiguration, jsonPatch } = mutation;
  const expression = (patchType === 'JSONPatch' ? jsonPatch : applyConfiguration)?.expression ?? '';
  const outcome = evaluation.evaluate(expression);
  if ('error' in outcome || 'unmodelled' in outcome) return outcome;
  const open = { unmodelled: expression };
  if (patchType === 'JSONPatch') return jsonPatched(outcome.value, object, request) ?? open;
  return (outcome.value instanceof CelMessage && configured(outcome.value, object, request)) || open;
}

const mismatch = (value: unknown, path: string) => {
  const names = misnamed(value, path);
  return names.length > 0 ? { error: `type mismatch: ${names.join('\n')}` } : undefined;
};

/** ApplyConfiguration. Undefined: not modelled. */
function configured(message: CelMessage, object: KubeObject, { custom }: AdmissionRequest): Mutated | undefined {
  const wrong = mismatch(message, 'Object');
  if (wrong) return wrong;
  const { apiVersion, kind } = object;
  const config = json(message);
  const type = custom ? undefined : typeOfKind(apiVersion, kind);
  if (!isObject(config) || !type) return undefined;
  const structure = structureOf(type);
  const patch = { ...config, apiVersion, kind };
  const problems = structureProblems(patch, structure);
  if (problems.length > 0) {
    const text = problemsText(problems);
    return { error: `error applying patch: failed to convert patch object to typed object: ${text}` };
  }
  const whole = wholes(patch, structure, '');
  if (whole.length > 0) {
    const text = `may not mutate atomic arrays, maps or structs: ${whole.join(', ')}`;
    return { error: `error applying patch: invalid ApplyConfiguration: ${text}` };
  }
  const decoded = read(merged(wireForm(object), patch, structure), object);
  if ('object' in decoded) return { object: defaultObject(decoded.object) };
  const name = `${apiVersion.includes('/') ? '' : '/'}${apiVersion}, Kind=${kind}`;
  return { error: `unable to convert unstructured object to ${name}: ${decoded.error}` };
}

/** Where a configuration sets lists, maps and structs that are one whole (findAtomics). Entries of maps are not looked at. */
function wholes(value: unknown, structure: Structure, path: string): readonly string[] {
  if (structure.form === 'list' && Array.isArray(value)) {
    const own = structure.relation === 'atomic' ? [path] : [];
    return [...own, ...value.flatMap((item, i) => wholes(item, structure.item, `${path}[${i}]`))];
  }
  if (structure.form !== 'map' || !isObject(value)) return [];
  const own = structure.whole ? [path] : [];
  const inner = Object.entries(value).flatMap(([name, field]) => {
    const of = innerOf(structure, name);
    return of ? wholes(field, of, `${path}.${name}`) : [];
  });
  return [...own, ...inner];
}

/** JSONPatch. Undefined: not modelled. */
function jsonPatched(value: unknown, object: KubeObject, request: AdmissionRequest): Mutated | undefined {
  if (!Array.isArray(value)) return undefined;
  const operations: JsonPatchOperation[] = [];
  for (const message of value as unknown[]) {
    if (!(message instanceof CelMessage)) return undefined;
    const { fields } = message;
    const given = fields.get('value');
    const wrong = given instanceof CelMessage ? mismatch(given, given.type) : undefined;
    if (wrong) return wrong;
    const text = (name: string) => {
      const value = fields.get(name);
      return typeof value === 'string' ? value : '';
    };
    const operation = { op: text('op'), path: text('path'), ...(fields.has('from') && { from: text('from') }) };
    const plain = json(given);
    if (fields.has('value') && plain === undefined) return undefined;
    operations.push(fields.has('value') ? { ...operation, value: plain } : operation);
  }
  const result = applyJsonPatch(wireForm(object), operations);
  if ('error' in result) return result.isTest ? { object } : { error: `JSON Patch: ${result.error}` };
  const decoded = read(result.value, object, request);
  return 'object' in decoded ? { object: defaultObject(decoded.object) } : { status: internal(decoded.error) };
}

/** The object as its type reads it; a patched one (`request`) strictly. */
function read(
  value: unknown,
  object: KubeObject,
  request?: AdmissionRequest,
): { readonly object: KubeObject } | { readonly error: string } {
  const [version = '', group = ''] = object.apiVersion.split('/').reverse();
  const custom = request?.custom && kindOfVersion(request.custom, object.apiVersion);
  const target = { group, version, kind: object.kind, ...(custom && { custom }) };
  const decoded = decode(value, target, {
    strict: request !== undefined && !custom,
    ...(!request && { integers: 'converted' as const }),
  });
  if ('object' in decoded) return { object: decoded.object };
  return { error: decoded.status.message.replace(/^\S+ in version \S+ cannot be handled as a \S+: /, '') };
}

function internal(why: string): ApiStatus {
  return failure(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] });
}

/** A value of an expression as JSON; undefined if there is a value in it that is not written so here. */
function json(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) {
    const items = value.map(json);
    return items.includes(undefined) ? undefined : items;
  }
  const fields = value instanceof CelMessage ? value.fields : value;
  const isPlain = isObject(fields) && Object.getPrototypeOf(fields) === Object.prototype;
  if (!isPlain && !(fields instanceof Map)) return value === null || typeof value !== 'object' ? value : undefined;
  const object: Record<string, unknown> = {};
  for (const [name, field] of isPlain ? Object.entries(fields) : (fields as ReadonlyMap<unknown, unknown>)) {
    const plain = json(field);
    if (plain === undefined || typeof name !== 'string') return undefined;
    object[name] = plain;
  }
  return object;
}
