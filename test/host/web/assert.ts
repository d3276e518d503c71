// What the suites use of Node's assert, where there is no Node.
class AssertionError extends Error {}

function ok(value: unknown, message?: string): asserts value {
  if (!value) throw new AssertionError(message ?? `${shown(value)} is not true`);
}

const shown = (value: unknown) => JSON.stringify(value) ?? String(value);

export default {
  ok,
  fail(message: string): never {
    throw new AssertionError(message);
  },
  equal: (actual: unknown, expected: unknown, message?: string) =>
    ok(actual === expected, message ?? `${shown(actual)} is not ${shown(expected)}`),
  /** Of JSON values. */
  deepEqual: (actual: unknown, expected: unknown, message?: string) =>
    ok(shown(actual) === shown(expected), message ?? `${shown(actual)} is not ${shown(expected)}`),
  match: (text: string, pattern: RegExp, message?: string) =>
    ok(pattern.test(text), message ?? `${shown(text)} does not match ${pattern}`),
};
