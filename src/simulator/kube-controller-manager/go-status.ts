// How a Go status struct looks as an object: counts of zero and empty lists of `omitempty` fields are absent.

/** The number, or undefined for zero: an `omitempty` count. */
export function count(value: number): number | undefined {
  return value === 0 ? undefined : value;
}

/** The list, or undefined for an empty one. */
export function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** The object without the keys whose value is undefined: what would be sent. */
export function withoutUndefined<T extends object>(object: T): T {
  const kept: Partial<T> = {};
  for (const key in object) if (object[key] !== undefined) kept[key] = object[key];
  return kept as T;
}
