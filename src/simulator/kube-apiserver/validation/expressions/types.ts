// The types that values have in CEL, with how large they can become.

/** Those of authorizers and of libraries are named after what they are. */
export type CelKind =
  | 'authorizer'
  | 'bool'
  | 'bytes'
  | 'cidr'
  | 'decision'
  | 'double'
  | 'duration'
  | 'dyn'
  | 'groupCheck'
  | 'int'
  | 'ip'
  | 'list'
  | 'map'
  | 'message'
  | 'null'
  | 'object'
  | 'opaque'
  | 'optional'
  | 'pathCheck'
  | 'quantity'
  | 'resourceCheck'
  | 'string'
  | 'timestamp'
  | 'url';

/** `opaque`: one that the checker does not know. */
export interface CelType {
  readonly kind: CelKind;
  /** The most bytes, items or fields a value can have; 1 for what has none. */
  readonly size: number;
  /** What a list, a map or an optional value holds. An empty list holds nothing yet. */
  readonly element?: CelType;
  /** The most bytes that a key of a map can have, where that is not as many as a request. */
  readonly keySize?: number;
  /** What tells types of objects and messages apart. */
  readonly identity?: object | string;
  /** The fields of an object; undefined for a name that is none. */
  readonly field?: (name: string) => CelType | undefined;
}

/** As many bytes as a request can have. */
export const requestBytes = 3 * 1024 * 1024;

/** What estimates of costs begin with where nothing bounds a value. */
export const unbounded = 2 ** 64;

export const scalar = (kind: CelKind, size = 1): CelType => ({ kind, size });
export const bool = scalar('bool');
export const int = scalar('int');
export const text = scalar('string', requestBytes);
export const anything = scalar('dyn', requestBytes);

export const listOf = (element: CelType): CelType => ({ kind: 'list', element, size: requestBytes });
export const mapOf = (element: CelType): CelType => ({ kind: 'map', element, size: requestBytes });

export const optionalOf = (element: CelType): CelType => ({ kind: 'optional', element, size: element.size });

/** An object with the given fields and no others. */
export function objectOf(fields: Readonly<Record<string, CelType>>): CelType {
  const field = (name: string) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  return { kind: 'object', size: requestBytes, identity: fields, field };
}

const names: Readonly<Partial<Record<CelKind, string>>> = {
  authorizer: 'kubernetes.authorization.Authorizer',
  cidr: 'net.CIDR',
  decision: 'kubernetes.authorization.Decision',
  duration: 'google.protobuf.Duration',
  groupCheck: 'kubernetes.authorization.GroupCheck',
  ip: 'net.IP',
  pathCheck: 'kubernetes.authorization.PathCheck',
  quantity: 'kubernetes.Quantity',
  resourceCheck: 'kubernetes.authorization.ResourceCheck',
  timestamp: 'google.protobuf.Timestamp',
  url: 'kubernetes.URL',
};

/** A type as messages call it; undefined where one of its parts is not known by name. */
export function typeName({ kind, element, identity }: CelType): string | undefined {
  if (kind === 'object' || kind === 'opaque') return undefined;
  if (typeof identity === 'string') return identity;
  if (kind !== 'list' && kind !== 'map' && kind !== 'optional') return names[kind] ?? kind;
  const inner = element ? typeName(element) : 'dyn';
  if (inner === undefined) return undefined;
  return kind === 'list' ? `list(${inner})` : kind === 'map' ? `map(string, ${inner})` : `optional_type(${inner})`;
}
