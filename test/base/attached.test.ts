import assert from 'node:assert/strict';
import { Attached } from '../../src/base/attached.ts';
import { copyWith } from '../../src/base/copy.ts';
import { deepEqual } from '../../src/base/json.ts';

describe('what is attached to an object', () => {
  const sizes = new Attached<object, number>();

  it('is found with that object alone, and by those who attached it', () => {
    const object = { a: 1 };
    sizes.set(object, 3);
    assert.equal(sizes.get(object), 3);
    assert.equal(sizes.get({ a: 1 }), undefined);
    assert.equal(new Attached<object, number>().get(object), undefined);
    sizes.set(object, 4);
    assert.equal(sizes.get(object), 4);
  });

  it('is not part of the object: copies, listings and comparisons do not see it', () => {
    const object = { a: 1 };
    sizes.set(object, 3);
    assert.equal(sizes.get({ ...object }), undefined);
    assert.equal(sizes.get(copyWith(object, {})), undefined);
    assert.equal(JSON.stringify(object), '{"a":1}');
    assert.ok(deepEqual(object, { a: 1 }));
    const list = [1, 2];
    sizes.set(list, 2);
    assert.equal(sizes.get([...list]), undefined);
    assert.deepEqual(list, [1, 2]);
  });

  it('is not kept with what is frozen', () => {
    const object = Object.freeze({ a: 1 });
    sizes.set(object, 3);
    assert.equal(sizes.get(object), undefined);
  });
});
