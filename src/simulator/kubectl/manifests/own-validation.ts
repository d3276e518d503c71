// What kubectl holds against the published OpenAPI schema itself: Lists and other kinds that the server takes no patch of, so that it
// cannot be asked to validate their fields (k8s.io/kubectl/pkg/validation, k8s.io/kube-openapi/pkg/util/proto/validation).
import { resourceOfKind } from '../../../api/resources.ts';
import { typeOfKind, underlying, type SchemaType } from '../../../api/schema.ts';
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { headOf, headProblem, type Head } from './head.ts';
import { requiredOf } from './required-fields.ts';

/** What is wrong with a document that kubectl validates itself, joined as Go joins errors; undefined if nothing is. */
export function ownProblem(value: unknown): string | undefined {
  const head = headOf(value);
  if (!isObject(value) || resourceOfKind(head.apiVersion, head.kind)?.verbs.includes('patch')) return undefined;
  const isList = head.apiVersion === 'v1' && head.kind === 'List';
  const problems = [...new Set(isList ? listProblems(value.items) : kindProblems(value, head))];
  return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
}

function listProblems(items: unknown): string[] {
  if (!Array.isArray(items)) return ['invalid object to validate'];
  return items.flatMap((item: unknown) => {
    const problem = headProblem(item);
    return problem === undefined ? kindProblems(item, headOf(item)) : [problem];
  });
}

/** Kinds that are not built in are not looked at. */
function kindProblems(value: unknown, { apiVersion, kind }: Head): string[] {
  const type = typeOfKind(apiVersion, kind);
  return type ? problemsOf(value, type, { path: kind, model: '' }) : [];
}

/** Where a value stands, and the path of its schema: the innermost named type and the field in it. */
interface Place {
  readonly path: string;
  readonly model: string;
}

function problemsOf(value: unknown, declared: SchemaType, { path, model: field }: Place): string[] {
  const type = underlying(declared);
  const place = { path, model: modelOf(type) ?? field };
  if (value === null || value === undefined) return [`unknown object type "nil" in ${path}`];
  const expected = expectedOf(type);
  if (expected === undefined) return [];
  const actual = kindOf(value);
  if (expected !== actual) return fits(actual, expected) ? [] : [wrongType(place, actual, expected)];
  if (type.form === 'struct' && isObject(value)) return structProblems(value, type, place);
  const element = type.element;
  if (!element) return [];
  if (isObject(value)) {
    return sortedKeys(value).flatMap((key) => problemsOf(value[key], element, { ...place, path: `${path}.${key}` }));
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item, index) =>
    item === null
      ? [`ValidationError(${path}): unknown object type "nil" in ${path}[${index}]`]
      : problemsOf(item, element, { ...place, path: `${path}[${index}]` }),
  );
}

function structProblems(value: Readonly<Record<string, unknown>>, type: SchemaType, { path, model }: Place): string[] {
  const given = sortedKeys(value).filter((key) => value[key] !== null && value[key] !== undefined);
  const problems = given.flatMap((key) => {
    const field = type.byName.get(key)?.field;
    if (!field) return [`ValidationError(${path}): unknown field "${key}" in ${model}`];
    return problemsOf(value[key], field.type, { path: `${path}.${key}`, model: `${model}.${key}` });
  });
  const missing = requiredOf(type).filter((name) => !given.includes(name));
  return [
    ...problems,
    ...missing.map((name) => `ValidationError(${path}): missing required field "${name}" in ${model}`),
  ];
}

const wrongType = ({ path, model }: Place, actual: string, expected: string) =>
  `ValidationError(${path}): invalid type for ${model}: got "${actual}", expected "${expected}"`;

type Kind = 'map' | 'array' | 'string' | 'boolean' | 'integer' | 'number';

/** Any scalar may stand for a text, any number for an integer. */
function fits(actual: Kind, expected: Kind): boolean {
  if (actual === 'map' || actual === 'array') return false;
  return expected === 'string' || (isNumber(actual) && isNumber(expected));
}

const isNumber = (kind: Kind) => kind === 'integer' || kind === 'number';

function kindOf(value: unknown): Kind {
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'map';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return Number.isInteger(value) || typeof value === 'bigint' ? 'integer' : 'number';
}

/** Types that read themselves: texts in the schema unless they are maps, or anything. */
const selfRead: Readonly<Record<string, Kind | undefined>> = {
  FieldsV1: 'map',
  RawExtension: 'map',
  JSON: undefined,
  JSONSchemaPropsOrArray: undefined,
  JSONSchemaPropsOrBool: undefined,
  JSONSchemaPropsOrStringArray: undefined,
};

function expectedOf({ form, name, element }: SchemaType): Kind | undefined {
  switch (form) {
    case 'struct':
    case 'map':
      return 'map';
    case 'list':
      return element?.form === 'uint8' ? 'string' : 'array';
    case 'self':
      return name in selfRead ? selfRead[name] : 'string';
    case 'string':
      return 'string';
    case 'bool':
      return 'boolean';
    default:
      return form.startsWith('float') ? 'number' : 'integer';
  }
}

const modelsOfPackages: Readonly<Record<string, string>> = {
  'meta/v1': 'io.k8s.apimachinery.pkg.apis.meta.v1',
  'apiextensions/v1': 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1',
  'apiregistration/v1': 'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1',
};

const modelsOfSelfRead: Readonly<Record<string, string>> = {
  'resource.Quantity': 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  'intstr.IntOrString': 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  'runtime.RawExtension': 'io.k8s.apimachinery.pkg.runtime.RawExtension',
  'v1.Time': 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
  'v1.MicroTime': 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
  'v1.FieldsV1': 'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
};

/** The name of a type in the OpenAPI document; undefined for one that is written out where it is used. */
function modelOf({ key, goType }: SchemaType): string | undefined {
  if (key === undefined) return modelsOfSelfRead[goType];
  const dot = key.lastIndexOf('.');
  const home = key.slice(0, dot);
  return `${modelsOfPackages[home] ?? `io.k8s.api.${home.replace('/', '.')}`}${key.slice(dot)}`;
}
