// What server-side apply finds wrong with a configuration before it becomes an object
// (sigs.k8s.io/structured-merge-diff/v6/typed/validate.go).
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { elementText, itemElement } from './path.ts';
import { innerOf, structureFor, type Structure } from './structure.ts';

/** What is wrong, each with its path: `.spec.replicas: expected numeric (int or float), got string`. */
export function structureProblems(value: unknown, structure: Structure): readonly string[] {
  const problems: string[] = [];
  visit(value, structure, '', problems);
  return problems;
}

/** All of them as one text, as Go prints ValidationErrors; there is at least one. */
export function problemsText(problems: readonly string[]): string {
  return problems.length === 1 ? problems.join('') : ['errors:', ...problems.map((one) => `  ${one}`)].join('\n');
}

function visit(value: unknown, declared: Structure, path: string, problems: string[]): void {
  const structure = structureFor(value, declared);
  if (value === null || value === undefined || structure.form === 'any') return;
  const note = (text: string) => problems.push(path ? `${path}: ${text}` : text);
  if (structure.form === 'scalar') {
    const problem = scalarProblem(value, structure.scalar);
    if (problem !== undefined) note(problem);
  } else if (structure.form === 'map') {
    if (!isObject(value)) note(`expected map, got &{${goText(value)}}`);
    else visitFields(value, structure, path, problems);
  } else if (structure.form === 'list' && Array.isArray(value)) visitItems(value, structure, path, problems);
  else note(`expected list, got &{${goText(value)}}`);
}

type MapStructure = Extract<Structure, { form: 'map' }>;
type ListStructure = Extract<Structure, { form: 'list' }>;

function visitFields(
  value: Readonly<Record<string, unknown>>,
  structure: MapStructure,
  path: string,
  problems: string[],
): void {
  for (const key of sortedKeys(value)) {
    const inner = innerOf(structure, key);
    // The first unknown field ends its map.
    if (!inner) {
      problems.push(`${path}.${key}: field not declared in schema`);
      return;
    }
    visit(value[key], inner, `${path}.${key}`, problems);
  }
}

function visitItems(
  value: readonly unknown[],
  { item, relation }: ListStructure,
  path: string,
  problems: string[],
): void {
  const seen = new Set<string>();
  for (const [index, each] of value.entries()) {
    const element = relation === 'atomic' ? `i:${index}` : itemElement(each, relation);
    if (typeof element !== 'string') {
      problems.push(`${path}: element ${index}: ${element.error}`);
      return;
    }
    const text = elementText(element);
    if (seen.has(element)) problems.push(`${path}: duplicate entries for key ${text}`);
    seen.add(element);
    visit(each, item, path + text, problems);
  }
}

type Scalar = Extract<Structure, { form: 'scalar' }>['scalar'];

function scalarProblem(value: unknown, scalar: Scalar): string | undefined {
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  switch (scalar) {
    case 'numeric':
      return isNumber ? undefined : `expected numeric (int or float), got ${goType(value)}`;
    case 'string':
      return typeof value === 'string'
        ? undefined
        : `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `expected boolean, got &{${goText(value)}}`;
    case 'untyped':
      return isObject(value) || Array.isArray(value) ? `expected any scalar, got &{${goText(value)}}` : undefined;
  }
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (isObject(value)) return 'map[string]interface {}';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** As `%v` prints it. */
function goText(value: unknown): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isObject(value)) return String(value as string | number | bigint | boolean);
  return `map[${sortedKeys(value)
    .map((key) => `${key}:${goText(value[key])}`)
    .join(' ')}]`;
}

/** As `%#v` prints it. */
function goSyntax(value: unknown): string {
  if (value === null) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!isObject(value))
    return typeof value === 'string' ? JSON.stringify(value) : String(value as number | bigint | boolean);
  return `map[string]interface {}{${sortedKeys(value)
    .map((key) => `${JSON.stringify(key)}:${goSyntax(value[key])}`)
    .join(', ')}}`;
}
