// Values of an object that are not of the kind that their field wants. The decoder names one at a time; who mends one wants to mend them all.
import { isObject } from '../../base/json.ts';
import { typeOfKind, underlying, type SchemaType } from '../../api/schema.ts';

export type Kind = 'string' | 'number' | 'bool' | 'list' | 'object';

export interface Mismatch {
  /** As the server prints it. */
  readonly path: string;
  readonly wants: Kind;
  readonly has: Kind;
}

/** In the order of the object. Empty for kinds that are not built in. */
export function mismatchesOf(object: unknown): Mismatch[] {
  if (!isObject(object)) return [];
  const type = typeOfKind(String(object.apiVersion), String(object.kind));
  const found: Mismatch[] = [];
  if (type) look(type, object, '', found);
  return found;
}

function look(type: SchemaType, value: unknown, path: string, found: Mismatch[]): void {
  const own = underlying(type);
  const wants = wantedBy(own);
  const has = kindOf(value);
  if (!wants || !has) return;
  if (wants !== has) {
    // bytes are a list that is written as a text
    if (!(own.form === 'list' && own.element?.form === 'uint8' && has === 'string')) found.push({ path, wants, has });
    return;
  }
  if (Array.isArray(value)) value.forEach((item, i) => own.element && look(own.element, item, `${path}[${i}]`, found));
  if (!isObject(value)) return;
  for (const key of Object.keys(value)) {
    const inner = own.form === 'map' ? own.element : own.byName.get(key)?.field.type;
    const at = own.form === 'map' ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    if (inner) look(inner, value[key], at, found);
  }
}

/** Types that decode themselves take several kinds. */
function wantedBy({ form }: SchemaType): Kind | undefined {
  switch (form) {
    case 'string':
    case 'bool':
    case 'list':
      return form;
    case 'struct':
    case 'map':
      return 'object';
    case 'self':
    case 'pointer':
      return undefined;
    default:
      return 'number';
  }
}

function kindOf(value: unknown): Kind | undefined {
  if (Array.isArray(value)) return 'list';
  if (isObject(value)) return 'object';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return typeof value === 'number' || typeof value === 'bigint' ? 'number' : undefined;
}
