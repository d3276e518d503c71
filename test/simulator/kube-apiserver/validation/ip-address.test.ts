// Addresses and blocks: which are read, and what is wrong with those that are.
import assert from 'node:assert/strict';
import {
  addressProblems,
  blockProblems,
  specialAddressProblems,
} from '../../../../src/simulator/kube-apiserver/validation/ip-address.ts';

const noAddress = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const noBlock = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

describe('addresses', () => {
  for (const [text, ...problems] of [
    ['10.0.0.1'],
    ['010.0.0.1', 'must not have leading 0s'],
    ['256.0.0.1', noAddress],
    ['1.2.3', noAddress],
    ['::'],
    ['2001:db8::1'],
    ['::ffff:1.2.3.4', 'must not be an IPv4-mapped IPv6 address'],
    ['1:2:3:4:5:6:7:8:9', noAddress],
    ['1::2::3', noAddress],
    ['fe80::1%eth0', noAddress],
    ['', noAddress],
  ] as const) {
    it(`${text || 'nothing'}: ${problems.join(', ') || 'fine'}`, () => {
      assert.deepEqual(addressProblems(text), problems);
    });
  }

  for (const [text, ...problems] of [
    ['8.8.8.8'],
    ['0.0.0.0', 'may not be unspecified (0.0.0.0)'],
    ['::1', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ['169.254.0.1', 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
    ['febf::1', 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
    ['224.0.0.5', 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
    ['x', 'must be a valid IP address'],
  ] as const) {
    it(`${text} for others: ${problems.join(', ') || 'fine'}`, () => {
      assert.deepEqual(specialAddressProblems(text), problems);
    });
  }
});

describe('blocks', () => {
  for (const [text, ...problems] of [
    ['10.0.0.0/8'],
    ['10.0.0.1/31', 'must not have bits set beyond the prefix length'],
    ['010.0.0.0/08', 'must not have leading 0s in IP or prefix length'],
    ['10.0.0.0/33', noBlock],
    ['10.0.0.0', noBlock],
    ['fd00::/64'],
  ] as const) {
    it(`${text}: ${problems.join(', ') || 'fine'}`, () => {
      assert.deepEqual(blockProblems(text), problems);
    });
  }
});
