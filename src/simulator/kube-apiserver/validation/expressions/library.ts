// What the functions of Kubernetes' CEL libraries take and give (k8s.io/apiserver/pkg/cel/library and cel-go's ext, Kubernetes 1.36).
import { estimate } from './costs.ts';
import { anything, bool, int, listOf, mapOf, scalar, unbounded, type CelKind, type CelType } from './types.ts';

/** A kind of value, one of several, or any at all. */
type Wanted = CelKind | readonly CelKind[] | 'any';

interface Signature {
  readonly args: readonly Wanted[];
  /** How many of the last arguments may be left out. */
  readonly optional?: number;
  /** `element`: of what the list holds. */
  readonly result: CelType | 'element';
  /** What the list holds. */
  readonly of?: readonly CelKind[];
}

const string = 'string';
const text = scalar(string, unbounded);
const texts = { ...listOf(text), size: unbounded };
const to = (result: CelType, ...args: readonly Wanted[]): Signature => ({ args, result });
/** The last argument may be left out. */
const toOr = (result: CelType, ...args: readonly Wanted[]): Signature => ({ args, result, optional: 1 });
const ofList = (result: CelType | 'element', of: readonly CelKind[]): Signature => ({ args: [], result, of });

const [double, duration, timestamp] = [scalar('double'), scalar('duration'), scalar('timestamp')];
const [quantity, url, ip, cidr] = [scalar('quantity'), scalar('url'), scalar('ip'), scalar('cidr')];
const [group, resource, path, decision] = [
  scalar('groupCheck'),
  scalar('resourceCheck'),
  scalar('pathCheck'),
  scalar('decision'),
];
const ordered: readonly CelKind[] = ['bool', 'bytes', 'double', 'duration', 'int', 'string', 'timestamp'];

const functions: Readonly<Record<string, Signature>> = {
  quantity: to(quantity, string),
  isQuantity: to(bool, string),
  url: to(url, string),
  isURL: to(bool, string),
  ip: to(ip, string),
  isIP: to(bool, string),
  cidr: to(cidr, string),
  isCIDR: to(bool, string),
  duration: to(duration, string),
  timestamp: to(timestamp, string),
  double: to(double, ['double', 'int', 'string']),
  bool: to(bool, ['bool', 'string']),
  int: to(int, ['double', 'duration', 'int', 'string', 'timestamp']),
  string: to(text, ['bool', 'double', 'duration', 'int', 'string', 'timestamp']),
  dyn: to(anything, 'any'),
};

const sameKind = {
  compareTo: to(int, 'quantity'),
  isGreaterThan: to(bool, 'quantity'),
  isLessThan: to(bool, 'quantity'),
};
const clock = ['getHours', 'getMilliseconds', 'getMinutes', 'getSeconds'];
const calendar = ['getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear', 'getFullYear', 'getMonth'];
const allOf = (names: readonly string[], signature: Signature) =>
  Object.fromEntries(names.map((name) => [name, signature]));

const methods: Readonly<Partial<Record<CelKind, Readonly<Record<string, Signature>>>>> = {
  string: {
    charAt: to(text, 'int'),
    contains: to(bool, string),
    endsWith: to(bool, string),
    find: to(text, string),
    findAll: toOr(texts, string, 'int'),
    indexOf: toOr(int, string, 'int'),
    lastIndexOf: toOr(int, string, 'int'),
    lowerAscii: to(text),
    matches: to(bool, string),
    replace: toOr(text, string, string, 'int'),
    split: toOr(texts, string, 'int'),
    startsWith: to(bool, string),
    substring: toOr(text, 'int', 'int'),
    trim: to(text),
    upperAscii: to(text),
  },
  list: {
    indexOf: to(int, 'any'),
    isSorted: ofList(bool, ordered),
    join: { ...toOr(text, string), of: ['string'] },
    lastIndexOf: to(int, 'any'),
    max: ofList('element', ordered),
    min: ofList('element', ordered),
    sum: ofList('element', ['double', 'duration', 'int']),
  },
  timestamp: allOf([...calendar, ...clock], toOr(int, string)),
  duration: allOf(clock, to(int)),
  quantity: {
    ...sameKind,
    add: to(quantity, ['quantity', 'int']),
    asApproximateFloat: to(double),
    asInteger: to(int),
    isInteger: to(bool),
    sign: to(int),
    sub: to(quantity, ['quantity', 'int']),
  },
  url: {
    ...allOf(['getEscapedPath', 'getHost', 'getHostname', 'getPort', 'getScheme'], to(text)),
    getQuery: to({ ...mapOf(texts), size: unbounded }),
  },
  ip: {
    ...allOf(
      ['isGlobalUnicast', 'isLinkLocalMulticast', 'isLinkLocalUnicast', 'isLoopback', 'isUnspecified'],
      to(bool),
    ),
    family: to(int),
  },
  cidr: {
    containsCIDR: to(bool, ['cidr', string]),
    containsIP: to(bool, ['ip', string]),
    ip: to(ip),
    masked: to(cidr),
    prefixLength: to(int),
  },
  authorizer: {
    group: to(group, string),
    path: to(path, string),
    serviceAccount: to(scalar('authorizer'), string, string),
  },
  optional: { hasValue: to(bool) },
  groupCheck: { resource: to(resource, string) },
  resourceCheck: {
    ...allOf(['fieldSelector', 'labelSelector', 'name', 'namespace', 'subresource'], to(resource, string)),
    check: to(decision, string),
  },
  pathCheck: { check: to(decision, string) },
  decision: { allowed: to(bool), error: to(text), errored: to(bool), reason: to(text) },
};

const takes = (wanted: Wanted, { kind }: CelType) =>
  wanted === 'any' || kind === 'dyn' || (Array.isArray(wanted) ? wanted.includes(kind) : wanted === kind);

function fits({ args, optional = 0 }: Signature, given: readonly CelType[]): boolean {
  if (given.length > args.length || given.length < args.length - optional) return false;
  return given.every((type, i) => takes(args[i] ?? 'any', type));
}

/** What a call gives, and costs at most. */
export interface Call {
  readonly type: CelType;
  readonly cost: number;
}

function called(name: string, type: CelType, on: CelType | undefined, args: readonly CelType[]): Call {
  const { cost, size } = estimate(name, on, args);
  return { type: size === undefined ? type : { ...type, size }, cost };
}

/** A call of a function; undefined for a function, or for arguments, that are not known here. */
export function functionCall(name: string, args: readonly CelType[]): Call | undefined {
  const signature = Object.hasOwn(functions, name) ? functions[name] : undefined;
  return signature && fits(signature, args) ? called(name, signature.result as CelType, undefined, args) : undefined;
}

/** What is looked for in a list is of the type that the list holds. */
const looksFor = (name: string, on: CelType, [wanted]: readonly CelType[]) =>
  on.kind !== 'list' || !/^(?:lastI|i)ndexOf$/.test(name) || isSameKind(on.element ?? anything, wanted ?? anything);
const isSameKind = (a: CelType, b: CelType) => a.kind === b.kind || a.kind === 'dyn' || b.kind === 'dyn';

function resultOf(signature: Signature, { kind, size, element = anything }: CelType): CelType | undefined {
  // of an empty list the first overload that there is counts
  if (signature.of && kind === 'list' && !size) return undefined;
  if (signature.of && element.kind !== 'dyn' && !signature.of.includes(element.kind)) return undefined;
  return signature.result === 'element' ? element : signature.result;
}

/** The same of a function called on a value: of one whose type is not known, any with that name may be meant. */
export function methodCall(name: string, on: CelType, args: readonly CelType[]): Call | undefined {
  const tables = on.kind === 'dyn' ? Object.values(methods) : [methods[on.kind] ?? {}];
  const meant = tables.flatMap((table) => {
    const signature = Object.hasOwn(table, name) ? table[name] : undefined;
    return signature && fits(signature, args) ? [signature] : [];
  });
  const [first, ...others] = meant.map((signature) => resultOf(signature, on));
  if (!first || !looksFor(name, on, args)) return undefined;
  return called(name, others.some((other) => other?.kind !== first.kind) ? anything : first, on, args);
}

const literals: Readonly<Record<string, RegExp>> = {
  duration: /^[-+]?(\d+(\.\d+)?(h|m|s|ms|us|ns))+$/,
  timestamp: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$/,
};

/** Whether a literal is sure to be one that the compiler lets a function have. */
export const isLiteralOf = (name: string, value: unknown): boolean => literals[name]?.test(String(value)) ?? true;

/** Whether a text is sure to be one by which such values can be formatted. */
export function isFormatOf(text: string, values: readonly CelType[]): boolean {
  const clauses = [...text.matchAll(/%(.?)/g)].map(([, clause]) => clause).filter((clause) => clause !== '%');
  if (clauses.length !== values.length) return false;
  return clauses.every((clause, i) => {
    const { kind } = values[i] ?? anything;
    return clause === 's' || (clause === 'd' && (kind === 'int' || kind === 'dyn'));
  });
}
