// The hashes that controllers name things by: pod-template-hash of a ReplicaSet, controller-revision-hash of a DaemonSet's and a
// StatefulSet's pods. They are taken over texts that only Go would write, so this file writes Go's texts.
import { compareBytes, sortedKeys } from '../base/order.ts';
import { structJson, utf8Of } from './go-text.ts';
import type { PodTemplateSpec } from './object.ts';
import { parseQuantity, type Quantity } from './quantity.ts';
import { typeNamed, type SchemaField, type SchemaType } from './schema.ts';

/**
 * The pod-template-hash of a Deployment's template as stored, which is also the name suffix of a DaemonSet's ControllerRevision
 * (controller.ComputeHash in kubernetes/pkg/controller). `collisionCount` is the one of the status, absent in a fresh object.
 * Undefined if the template holds what has no known text: a timestamp or managedFields.
 */
export function podTemplateHash(template: PodTemplateSpec, collisionCount?: number): string | undefined {
  const { creationTimestamp, deletionTimestamp, managedFields } = template.metadata ?? {};
  if (creationTimestamp || deletionTimestamp || managedFields?.length) return undefined;
  const type = podTemplateSpec();
  let sum = fnv1a(`(${type.goType})${dump(type, template)}`);
  if (collisionCount !== undefined) {
    for (const shift of [0, 8, 16, 24]) sum = Math.imul(sum ^ ((collisionCount >>> shift) & 0xff), prime);
    for (let i = 0; i < 4; i++) sum = Math.imul(sum, prime);
  }
  return safeEncoded(sum);
}

/**
 * The name suffix of a StatefulSet's ControllerRevision (history.HashControllerRevision in kubernetes/pkg/controller/history),
 * of the template as stored. The pods' label is the whole name of the revision.
 */
export function statefulSetRevisionHash(template: PodTemplateSpec, collisionCount = 0): string {
  const text = `{"spec":{"template":${json(podTemplateSpec(), template, '"$patch":"replace",')}}}${collisionCount}`;
  return safeEncoded(fnv1(text));
}

const podTemplateSpec = () => typeNamed('core/v1.PodTemplateSpec');

// FNV, 32 bits
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

function fnv1a(text: string): number {
  let sum = offsetBasis;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) sum = Math.imul(sum ^ unit, prime);
    else {
      for (const byte of utf8Of(codeAt(text, i))) sum = Math.imul(sum ^ byte, prime);
      if (isHighSurrogate(unit)) i++;
    }
  }
  return sum;
}

function fnv1(text: string): number {
  let sum = offsetBasis;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) sum = Math.imul(sum, prime) ^ unit;
    else {
      for (const byte of utf8Of(codeAt(text, i))) sum = Math.imul(sum, prime) ^ byte;
      if (isHighSurrogate(unit)) i++;
    }
  }
  return sum;
}

const codeAt = (text: string, i: number) => text.codePointAt(i) ?? 0;
const isHighSurrogate = (unit: number) => (unit & 0xfc00) === 0xd800;

/** rand.SafeEncodeString of the decimal sum: letters that cannot spell words. */
function safeEncoded(sum: number): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return String(sum >>> 0).replace(/./g, (digit) => alphabet.charAt(digit.charCodeAt(0) % alphabet.length));
}

/** What dump.ForHash (go-spew, `%#v` without addresses and methods) prints of a value, without its own type in front. */
function dump(type: SchemaType, value: unknown): string {
  if (value === undefined || value === null) return zeroDump(type);
  const { element } = type;
  switch (type.form) {
    case 'struct':
      return dumpStruct(type, value as Record<string, unknown>);
    case 'list': {
      const items = value as readonly unknown[];
      return element && items.length ? `[${items.map((item) => dump(element, item)).join(' ')}]` : '<nil>';
    }
    case 'map': {
      const entries = value as Record<string, unknown>;
      const keys = sortedKeys(entries);
      return element && keys.length
        ? `map[${keys.map((key) => `${key}:${dump(element, entries[key])}`).join(' ')}]`
        : '<nil>';
    }
    case 'pointer':
      return element ? dump(element, value) : '';
    case 'self':
      return dumpSelf(type, value);
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

/** `{Name:(Type)value Name:(Type)value}` */
function dumpStruct(type: SchemaType, object: Record<string, unknown>): string {
  const { unset, named, embedded } = blankOf(type);
  const texts = unset.slice();
  for (const name of Object.keys(object)) {
    const at = named.get(name);
    if (at && object[name] !== undefined) texts[at.place] = dumpField(at.field, object[name]);
  }
  // the fields of an embedded struct stand in the same JSON object
  for (const { place, field } of embedded) texts[place] = dumpField(field, object);
  return `{${texts.join(' ')}}`;
}

const dumpField = ({ goName, type }: SchemaField, value: unknown) => `${goName}:(${type.goType})${dump(type, value)}`;

/** A struct of which nothing is set: most fields of most templates are not. */
interface Blank {
  readonly unset: readonly string[];
  /** By their names in JSON. */
  readonly named: ReadonlyMap<string, PlacedField>;
  readonly embedded: readonly PlacedField[];
}

interface PlacedField {
  readonly place: number;
  readonly field: SchemaField;
}

const blanks = new WeakMap<SchemaType, Blank>();

function blankOf(type: SchemaType): Blank {
  let blank = blanks.get(type);
  if (!blank) {
    const placed = type.fields.map((field, place): PlacedField => ({ place, field }));
    blank = {
      unset: type.fields.map((field) => `${field.goName}:(${field.type.goType})${zeroDump(field.type)}`),
      named: new Map(placed.filter(({ field }) => field.name).map((one) => [one.field.name, one])),
      embedded: placed.filter(({ field }) => !field.name),
    };
    blanks.set(type, blank);
  }
  return blank;
}

function zeroDump(type: SchemaType): string {
  switch (type.form) {
    case 'struct':
      return dump(type, {});
    case 'list':
    case 'map':
    case 'pointer':
      return '<nil>';
    case 'self':
      return zeroSelfDumps[type.name] ?? '';
    case 'string':
      return '';
    case 'bool':
      return 'false';
    default:
      return '0';
  }
}

const zeroSelfDumps: Readonly<Record<string, string>> = {
  Time: '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}',
  Quantity: quantityDump(0n, 0, '', ''),
  IntOrString: dumpIntOrString(0),
};

function dumpSelf(type: SchemaType, value: unknown): string {
  if (type.name === 'IntOrString') return dumpIntOrString(value as number | string);
  const quantity = type.name === 'Quantity' ? parseQuantity(value as string | number) : undefined;
  return quantity ? dumpQuantity(quantity) : (zeroSelfDumps[type.name] ?? '');
}

function dumpIntOrString(value: number | string): string {
  const isText = typeof value === 'string';
  return `{Type:(intstr.Type)${isText ? 1 : 0} IntVal:(int32)${isText ? 0 : value} StrVal:(string)${isText ? value : ''}}`;
}

/** A quantity as Go holds it after parsing the stored text: an int64 and a scale, or a big decimal in nanos. */
function dumpQuantity({ mantissa, scale, format, text = '', wide }: Quantity): string {
  if (!wide) return quantityDump(mantissa, scale, text, format);
  const nanos = mantissa * 10n ** BigInt(scale + 9);
  const words: bigint[] = [];
  for (let rest = nanos < 0n ? -nanos : nanos; rest > 0n; rest >>= 64n) words.push(BigInt.asUintN(64, rest));
  const big = `{neg:(bool)${nanos < 0n} abs:(big.nat)[${words.join(' ')}]}`;
  return quantityDump(0n, 0, '', format, `{unscaled:(big.Int)${big} scale:(inf.Scale)9}`);
}

function quantityDump(amount: bigint, scale: number, text: string, format: string, decimal = '<nil>'): string {
  const small = `i:(resource.int64Amount){value:(int64)${amount} scale:(resource.Scale)${scale}}`;
  const big = `d:(resource.infDecAmount){Dec:(*inf.Dec)${decimal}}`;
  return `{${small} ${big} s:(string)${text} Format:(resource.Format)${format}}`;
}

/** Compact JSON of a stored value with sorted keys, as encoding/json and a map make it; `first` stands before the other fields. */
function json(type: SchemaType, value: unknown, first = ''): string {
  const { element } = type;
  if (value === null || value === undefined) return 'null';
  if (element && type.form === 'pointer') return json(element, value);
  if (element && Array.isArray(value)) return `[${value.map((item) => json(element, item)).join(',')}]`;
  const object = value as Record<string, unknown>;
  if (type.form === 'map' && element) {
    return `{${sortedKeys(object)
      .map((key) => `${structJson(key)}:${json(element, object[key])}`)
      .join(',')}}`;
  }
  if (type.form !== 'struct') return structJson(value);
  const members = [...type.byName]
    .sort(([a], [b]) => compareBytes(a, b))
    .flatMap(([name, { field }]) => {
      const item = object[name];
      const nil = item === undefined || item === null || (Array.isArray(item) && item.length === 0);
      // what is not there is either left out or, where the field is always written, a list or pointer that is nil
      if (nil && (field.omitEmpty || !field.type.element)) return item === null ? [`${structJson(name)}:null`] : [];
      return [`${structJson(name)}:${nil ? 'null' : json(field.type, item)}`];
    });
  return `{${first}${members.join(',')}}`;
}
