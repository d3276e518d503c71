// Whether a value may be too large for a request or for etcd: nearly none is, and then no limit has to be looked at.

/** Fewer characters than this are within every limit, whatever is written around them. */
const small = 700_000;

/** Counts the characters of texts and keys until there are too many. */
export const isLarge = (value: unknown): boolean => left(value, small) < 0;

function left(value: unknown, budget: number): number {
  if (typeof value === 'string') return budget - value.length;
  if (typeof value !== 'object' || value === null) return budget - 1;
  let rest = budget;
  // every object that is written comes through here: pairs of keys and values would be a twelfth of what a check allocates
  for (const key in value) {
    rest = left((value as Readonly<Record<string, unknown>>)[key], rest - key.length);
    if (rest < 0) return rest;
  }
  return rest;
}
