// The hashes that controllers name things by: pod-template-hash of a ReplicaSet, controller-revision-hash of a DaemonSet's and a
// StatefulSet's pods. They are taken over texts that only Go would write, so this file writes Go's texts.
import { compareBytes, sortedKeys } from '../base/order.ts';
import { FixedText, fnv1, fnv1a, fnvBasis, fnvPrime } from './fnv.ts';
import { structJson } from './go-text.ts';
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
  let sum = hashed(podTemplateSpec(), template, fnv1a(`(${podTemplateSpec().goType})`, fnvBasis));
  if (collisionCount !== undefined) {
    for (const shift of [0, 8, 16, 24]) sum = Math.imul(sum ^ ((collisionCount >>> shift) & 0xff), fnvPrime);
    for (let i = 0; i < 4; i++) sum = Math.imul(sum, fnvPrime);
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

/** What is worked out once for each type. */
function ofType<T>(make: (type: SchemaType) => T): (type: SchemaType) => T {
  const known = new WeakMap<SchemaType, T>();
  return (type) => {
    let made = known.get(type);
    if (made === undefined) known.set(type, (made = make(type)));
    return made;
  };
}

/** rand.SafeEncodeString of the decimal sum: letters that cannot spell words. */
function safeEncoded(sum: number): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return String(sum >>> 0).replace(/./g, (digit) => alphabet.charAt(digit.charCodeAt(0) % alphabet.length));
}

// What is hashed is what dump.ForHash prints (go-spew, `%#v` without addresses and methods).

/** The sum after a value, without its own type in front. */
function hashed(type: SchemaType, value: unknown, sum: number): number {
  if (value === undefined || value === null) return fnv1a(zeroDump(type), sum);
  const { element } = type;
  switch (type.form) {
    case 'struct':
      return hashedStruct(type, value as Readonly<Record<string, unknown>>, sum);
    case 'list':
      return element ? hashedList(element, value as readonly unknown[], sum) : sum;
    case 'map':
      return element ? hashedMap(element, value as Readonly<Record<string, unknown>>, sum) : sum;
    case 'pointer':
      return element ? hashed(element, value, sum) : sum;
    case 'self':
      return fnv1a(dumpSelf(type, value), sum);
    default:
      return fnv1a(typeof value === 'string' ? value : JSON.stringify(value), sum);
  }
}

/** `{Name:(Type)value Name:(Type)value}` */
function hashedStruct(type: SchemaType, object: Readonly<Record<string, unknown>>, start: number): number {
  let sum = fnv1a('{', start);
  for (const { name, type: fieldType, label, unset } of dumpedFields(type)) {
    // the fields of an embedded struct stand in the same JSON object
    const value = name ? object[name] : object;
    sum = value === undefined ? unset.addTo(sum) : hashed(fieldType, value, label.addTo(sum));
  }
  return fnv1a('}', sum);
}

/** `[item item]` */
function hashedList(element: SchemaType, items: readonly unknown[], start: number): number {
  if (!items.length) return fnv1a('<nil>', start);
  let sum = start;
  items.forEach((item, i) => (sum = hashed(element, item, fnv1a(i ? ' ' : '[', sum))));
  return fnv1a(']', sum);
}

/** `map[key:value key:value]` */
function hashedMap(element: SchemaType, entries: Readonly<Record<string, unknown>>, start: number): number {
  const keys = sortedKeys(entries);
  if (!keys.length) return fnv1a('<nil>', start);
  let sum = start;
  keys.forEach((key, i) => (sum = hashed(element, entries[key], fnv1a(`${i ? ' ' : 'map['}${key}:`, sum))));
  return fnv1a(']', sum);
}

/** A field of a struct with what is printed of it: where it is not set, and before its value; both after what parts it from the one before. */
interface DumpedField extends Pick<SchemaField, 'name' | 'type'> {
  readonly unset: FixedText;
  readonly label: FixedText;
}

const dumpedFields = ofType((type): readonly DumpedField[] =>
  type.fields.map((field, i) => {
    const label = `${i ? ' ' : ''}${fieldLabel(field)}`;
    const unset = new FixedText(label + zeroDump(field.type));
    return { name: field.name, type: field.type, unset, label: new FixedText(label) };
  }),
);

const fieldLabel = ({ goName, type }: SchemaField) => `${goName}:(${type.goType})`;

function zeroDump(type: SchemaType): string {
  switch (type.form) {
    case 'struct':
      return `{${type.fields.map((field) => fieldLabel(field) + zeroDump(field.type)).join(' ')}}`;
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
  const members: string[] = [];
  for (const [name, { field }] of sortedMembers(type)) {
    const item = object[name];
    const nil = item === undefined || item === null || (Array.isArray(item) && item.length === 0);
    // what is not there is either left out or, where the field is always written, a list or pointer that is nil
    if (!nil) members.push(`${structJson(name)}:${json(field.type, item)}`);
    else if (item === null || (!field.omitEmpty && field.type.element)) members.push(`${structJson(name)}:null`);
  }
  return `{${first}${members.join(',')}}`;
}

const sortedMembers = ofType((type) => [...type.byName].sort(([a], [b]) => compareBytes(a, b)));
