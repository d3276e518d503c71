// Our own bugs are thrown; what a user wrote never is.

/** Thrown when the program itself is wrong. Caught once per request at the edge. */
export class InvariantError extends Error {
  override name = 'InvariantError';
}

/** Asserts what must hold whatever the user wrote. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}
