// Addresses and blocks as bytes: which texts are read, how they are written, and what lies in a block.
import assert from 'node:assert/strict';
import { containsAddress, formatAddress, networkOf, parseAddress, parseBlock } from '../../src/base/ip-address.ts';

describe('ip address', () => {
  for (const [text, form] of [
    ['010.0.0.1', '10.0.0.1'],
    ['2001:0DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
  ] as const) {
    it(`${text} is ${form}`, () => {
      assert.equal(formatAddress(parseAddress(text) ?? []), form);
    });
  }

  it('reads nothing else', () => {
    for (const text of ['', '1.2.3', '256.0.0.1', '1::2::3', '1:2:3:4:5:6:7:8:9', 'fe80::1%eth0', '1.2.3.x']) {
      assert.equal(parseAddress(text), undefined, text);
    }
    for (const text of ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '::/129', '10.0.0.0/-1']) {
      assert.equal(parseBlock(text), undefined, text);
    }
  });

  it('knows what lies in a block', () => {
    const block = parseBlock('10.1.2.3/20');
    assert.ok(block);
    assert.deepEqual(networkOf(block), [10, 1, 0, 0]);
    assert.equal(containsAddress(block, [10, 1, 15, 255]), true);
    assert.equal(containsAddress(block, [10, 1, 16, 0]), false);
    assert.equal(containsAddress(block, parseAddress('::ffff:10.1.0.1') ?? []), false);
  });
});
