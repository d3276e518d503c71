import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OrderedMap } from '../../src/base/ordered-map.ts';

const key = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 5 });
const change = fc.record({ key, value: fc.option(fc.nat(), { nil: undefined }) });

/** The same changes made to a map of ours and to one of the language's. */
function both(changes: readonly { key: string; value: number | undefined }[]) {
  let ours = OrderedMap.empty<number>();
  const model = new Map<string, number>();
  for (const { key, value } of changes) {
    ours = value === undefined ? ours.without(key) : ours.with(key, value);
    if (value === undefined) model.delete(key);
    else model.set(key, value);
  }
  return { ours, model };
}

describe('OrderedMap', () => {
  it('holds what a Map holds after the same changes, and knows its size', () => {
    fc.assert(
      fc.property(fc.array(change), key, (changes, asked) => {
        const { ours, model } = both(changes);
        assert.equal(ours.get(asked), model.get(asked));
        assert.equal(ours.size, model.size);
      }),
    );
  });

  it('gives the values under a prefix in the order of their keys', () => {
    fc.assert(
      fc.property(fc.array(change), key, (changes, prefix) => {
        const { ours, model } = both(changes);
        const under = [...model.keys()].filter((name) => name.startsWith(prefix)).sort();
        assert.deepEqual(
          ours.range(prefix),
          under.map((name) => model.get(name)),
        );
      }),
    );
  });

  it('leaves the older map as it was', () => {
    const older = OrderedMap.empty<number>().with('a', 1).with('b', 2);
    older.with('c', 3).without('a');
    assert.deepEqual(older.range(''), [1, 2]);
  });
});
