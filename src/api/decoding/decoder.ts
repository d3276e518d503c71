// The walk of a JSON body through the Go types, as sigs.k8s.io/json does it: case-sensitive, the first mismatch is the one that
// is reported, the rest is still looked at. What comes out is the value as Go would hold it.
import { isObject } from '../../base/json.ts';
import { sortedKeys } from '../../base/order.ts';
import { underlying, type SchemaType } from '../schema.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { settle, zeroValue, type Form } from './go-value.ts';
import { integerFits, integerMismatch, kindOf, type DecodingError } from './mismatch.ts';
import { readItself } from './self-decoding.ts';

/** A place in the body, from the inside out: a field of a struct, an item of a list, or the value of a map's key. */
type Place =
  | {
      readonly outer: Place | undefined;
      readonly struct: string;
      readonly name: string;
      readonly through: readonly string[];
    }
  | { readonly outer: Place | undefined; readonly step: string };

type JsonMap = Readonly<Record<string, unknown>>;

/** A number that is too large for its field is an error where it is read, and loses its high bits where it is converted. */
export type Integers = 'read' | 'converted';

/** In which order the fields of a struct are looked at: it shows in what is wrong with them alone. */
export type FieldOrder = 'bytes' | 'given';

export class Decoder {
  readonly form: Form;
  readonly #integers: Integers;
  readonly #order: FieldOrder;
  /** Whether there was a list or a map with nothing in it: its forms differ. */
  foundEmpty = false;
  readonly unknownFields: string[] = [];
  /** The first error; an error of a type that decodes itself comes before all others and ends the walk. */
  error: DecodingError | undefined;
  ended = false;

  constructor(form: Form, integers: Integers = 'read', order: FieldOrder = 'bytes') {
    this.form = form;
    this.#integers = integers;
    this.#order = order;
  }

  /** The value as Go holds it; undefined for nil. Errors are noted, never thrown. What is in `inForm` at the same place is kept as it is. */
  decode(type: SchemaType, value: unknown, place?: Place, inForm?: unknown): unknown {
    if (this.ended) return undefined;
    if (value === inForm && inForm !== undefined) return value;
    if (type.form === 'pointer') {
      if (value === null || value === undefined) return undefined;
      const target = underlying(type);
      return this.decode(target, value, place, inForm) ?? zeroValue(target, this.form);
    }
    if (type.form === 'self') return this.#self(type, value, place);
    if (value === null || value === undefined) return zeroValue(type, this.form);
    switch (type.form) {
      case 'struct':
        return isObject(value) ? this.#struct(type, value, place, inForm) : this.#mismatch(type, value, place);
      case 'map':
        return isObject(value) ? this.#map(type, value, place, inForm) : this.#mismatch(type, value, place);
      case 'list':
        return this.#list(type, value, place, inForm);
      default:
        if (fits(type, value)) return plain(value);
        if (this.#integers === 'converted' && integerForms.has(type.form) && integerFits(value, 'int64'))
          return wrapped(type, value as number | bigint);
        return this.#mismatch(type, value, place);
    }
  }

  #struct(type: SchemaType, value: JsonMap, place: Place | undefined, inForm: unknown): unknown {
    const known: JsonMap | undefined = isObject(inForm) ? inForm : undefined;
    const given: unknown[] = [];
    for (const name of this.#order === 'bytes' ? sortedKeys(value) : Object.keys(value)) {
      const found = type.byName.get(name);
      if (!found) {
        if (value[name] !== undefined) this.unknownFields.push(placeText(place) + (place ? '.' : '') + name);
        continue;
      }
      const inner = { outer: place, struct: type.name, name, through: found.through };
      given[found.place] = this.decode(found.field.type, value[name], inner, known?.[name]);
      if (this.ended) return undefined;
    }
    return settle(type, given, this.form);
  }

  #map(type: SchemaType, value: JsonMap, place: Place | undefined, inForm: unknown): unknown {
    const element = type.element as SchemaType;
    const known: JsonMap | undefined = isObject(inForm) ? inForm : undefined;
    const result: Record<string, unknown> = {};
    const keys = sortedKeys(value);
    if (keys.length === 0) this.foundEmpty = true;
    for (const key of keys) {
      if (value[key] === undefined) continue;
      const item = this.decode(element, value[key], { outer: place, step: `.${key}` }, known?.[key]);
      // an own property even where the key is `__proto__`
      Object.defineProperty(result, key, { value: item ?? null, enumerable: true, configurable: true, writable: true });
    }
    return result;
  }

  #list(type: SchemaType, value: unknown, place: Place | undefined, inForm: unknown): unknown {
    const element = type.element as SchemaType;
    const bytes = element.form === 'uint8';
    if (bytes && typeof value === 'string') return this.#base64(value);
    if (!Array.isArray(value)) return this.#mismatch(type, value, place);
    if (value.length === 0) this.foundEmpty = true;
    const known: readonly unknown[] | undefined = Array.isArray(inForm) ? inForm : undefined;
    const items = value.map(
      (item: unknown, i) => this.decode(element, item, { outer: place, step: `[${i}]` }, known?.[i]) ?? null,
    );
    return bytes ? encodeBase64(items as number[]) : items;
  }

  #base64(value: string): unknown {
    const decoded = decodeBase64(value);
    if ('text' in decoded) return decoded.text;
    this.error ??= `illegal base64 data at input byte ${decoded.errorAt}`;
    return undefined;
  }

  #self(type: SchemaType, value: unknown, place: Place | undefined): unknown {
    const result = readItself(type, value ?? null);
    if ('value' in result) return result.value;
    if ('error' in result) return this.#end(result.error, place);
    // a decoder of its own: its first error is the outer one's, its unknown fields are nobody's
    const inner = new Decoder(this.form, this.#integers, this.#order);
    const decoded = inner.decode(result.within, value);
    this.foundEmpty ||= inner.foundEmpty;
    return inner.error === undefined ? decoded : this.#end(inner.error, place);
  }

  #end(error: DecodingError, place: Place | undefined): undefined {
    const outer = { struct: structOf(place), path: pathOf(place) };
    this.error = typeof error === 'string' ? error : { ...error, ...outer, path: [...outer.path, ...error.path] };
    this.ended = true;
  }

  #mismatch(type: SchemaType, value: unknown, place: Place | undefined): undefined {
    const shown = integerForms.has(type.form) ? integerMismatch(value) : kindOf(value);
    this.error ??= { value: shown, goType: type.goType, struct: structOf(place), path: pathOf(place) };
  }
}

const integerForms = new Set(['int', 'int32', 'int64', 'uint8']);

/** Whether a JSON value goes into a basic type. */
function fits(type: SchemaType, value: unknown): boolean {
  if (type.form === 'string') return typeof value === 'string';
  if (type.form === 'bool') return typeof value === 'boolean';
  if (type.form === 'float64' || type.form === 'float32') return typeof value === 'number' || typeof value === 'bigint';
  return integerFits(value, type.form);
}

/** What Go's conversion makes of an integer that is too large. */
function wrapped({ form }: SchemaType, value: number | bigint): number {
  return Number(form === 'uint8' ? BigInt.asUintN(8, BigInt(value)) : BigInt.asIntN(32, BigInt(value)));
}

/** Integers beyond JavaScript's come as bigint and go on as the nearest number; -0 is 0. */
const plain = (value: unknown) => (typeof value === 'bigint' || value === 0 ? Number(value) + 0 : value);

function structOf(place: Place | undefined): string {
  if (!place) return '';
  return 'struct' in place ? place.struct : structOf(place.outer);
}

function pathOf(place: Place | undefined): string[] {
  if (!place) return [];
  const before = pathOf(place.outer);
  return 'struct' in place ? [...before, ...place.through, place.name] : before;
}

/** The place as strict decoding prints it: with indexes and map keys, without embedded structs. */
function placeText(place: Place | undefined): string {
  if (!place) return '';
  const before = placeText(place.outer);
  if ('step' in place) return before + place.step;
  return before ? `${before}.${place.name}` : place.name;
}
