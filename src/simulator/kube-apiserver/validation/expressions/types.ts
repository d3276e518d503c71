// The types that values have in CEL, with how large they can become.

export type CelKind =
  | 'bool'
  | 'bytes'
  | 'double'
  | 'duration'
  | 'dyn'
  | 'int'
  | 'list'
  | 'map'
  | 'null'
  | 'object'
  | 'opaque'
  | 'string'
  | 'timestamp';

/** `opaque`: one that the checker does not know. */
export interface CelType {
  readonly kind: CelKind;
  /** The most bytes, items or fields a value can have; 1 for what has none. */
  readonly size: number;
  /** What a list or map holds. */
  readonly element?: CelType;
  /** What tells types of objects apart. */
  readonly identity?: object;
  /** The fields of an object; undefined for a name that is none. */
  readonly field?: (name: string) => CelType | undefined;
}

/** As many bytes as a request can have. */
export const requestBytes = 3 * 1024 * 1024;

export const scalar = (kind: CelKind, size = 1): CelType => ({ kind, size });
export const bool = scalar('bool');
export const int = scalar('int');
export const text = scalar('string', requestBytes);
export const anything = scalar('dyn', requestBytes);

export const listOf = (element: CelType): CelType => ({ kind: 'list', element, size: requestBytes });
export const mapOf = (element: CelType): CelType => ({ kind: 'map', element, size: requestBytes });

/** An object with the given fields and no others. */
export function objectOf(fields: Readonly<Record<string, CelType>>): CelType {
  const field = (name: string) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  return { kind: 'object', size: requestBytes, identity: fields, field };
}
