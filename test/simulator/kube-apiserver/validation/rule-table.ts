// A table of objects and what the rules say of them, as the real server says it.
import assert from 'node:assert/strict';
import { errorsOf, updateErrorsOf } from './validate.ts';

type Given = Parameters<typeof errorsOf>[0];

interface Row {
  readonly what: string;
  readonly given: Given;
  /** The object that is to be replaced; absent: the object is new. */
  readonly old?: Given;
  readonly messages: readonly string[];
}

export function ruleTable(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    for (const { what, given, old, messages } of rows) {
      it(what, () => {
        assert.deepEqual(old ? updateErrorsOf(given, old) : errorsOf(given), messages);
      });
    }
  });
}
