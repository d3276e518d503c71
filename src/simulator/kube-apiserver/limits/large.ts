// Whether a value may be too large for a request or for etcd: nearly none is, and then no limit has to be looked at.

/** Fewer characters than this are within every limit, whatever is written around them. */
const small = 700_000;

/** Counts the characters of texts and keys until there are too many. */
export const isLarge = (value: unknown): boolean => left(value, small) < 0;

function left(value: unknown, budget: number): number {
  if (typeof value === 'string') return budget - value.length;
  if (typeof value !== 'object' || value === null) return budget - 1;
  let rest = budget;
  for (const [key, inner] of Object.entries(value)) {
    rest = left(inner, rest - key.length);
    if (rest < 0) return rest;
  }
  return rest;
}
