import { equal } from 'node:assert/strict';
import { formatOf } from '../../../../src/simulator/kube-apiserver/custom-resources/formats.ts';

const cases: Readonly<Record<string, { readonly good: readonly string[]; readonly bad: readonly string[] }>> = {
  byte: { good: ['aGVsbG8='], bad: ['', 'a', 'aGVsbG8'] },
  cidr: { good: ['10.0.0.0/8', 'fd00::/8'], bad: ['10.0.0.0', '10.0.0.0/33'] },
  creditcard: { good: ['4111 1111 1111 1111'], bad: ['4111 1111 1111 1112', 'x'] },
  date: { good: ['2024-02-29'], bad: ['2023-02-29', '2024-1-1', 'x'] },
  'date-time': {
    good: ['2024-01-01T00:00:00Z', '2024-01-01t00:00:00.5+02:00'],
    bad: ['2024-01-01', '2024-01-01T25:00:00Z', '2024-01-01T00:00:00'],
  },
  duration: { good: ['1h30m', '22 ns', '3 weeks', '0'], bad: ['', 'x', '5'] },
  email: { good: ['a@b.c', 'A B <a@b.c>'], bad: ['x', 'a@', '@b'] },
  hexcolor: { good: ['#fff', '00ff00'], bad: ['#ffff'] },
  hostname: { good: ['example.com', 'a'], bad: ['', '-a', 'a..b'] },
  ipv4: { good: ['1.2.3.4'], bad: ['1.2.3', '::1'] },
  ipv6: { good: ['::1'], bad: ['1.2.3.4', ':'] },
  isbn: { good: ['0321751043', '978-0321751041'], bad: ['0321751044'] },
  'k8s-short-name': { good: ['a-b'], bad: ['a.b', 'A'] },
  'k8s-long-name': { good: ['a.b'], bad: ['a..b'] },
  mac: { good: ['01:23:45:67:89:ab', '0123.4567.89ab'], bad: ['01:23', '01:23:45-67:89:ab'] },
  rgbcolor: { good: ['rgb(1, 2, 255)'], bad: ['rgb(1,2,256)'] },
  ssn: { good: ['123-45-6789'], bad: ['1'] },
  uri: { good: ['http://a.b:80/c?d', '/path', 'mailto:x'], bad: ['::', 'path', '', 'http://a:b/', 'http://a b/'] },
  uuid: { good: ['123e4567-e89b-12d3-a456-426614174000'], bad: ['x'] },
  uuid4: { good: ['123e4567-e89b-42d3-a456-426614174000'], bad: ['123e4567-e89b-12d3-a456-426614174000'] },
};

describe('formats of custom resources', () => {
  for (const [name, { good, bad }] of Object.entries(cases)) {
    it(name, () => {
      for (const text of good) equal(formatOf(name)?.(text), true, text);
      for (const text of bad) equal(formatOf(name)?.(text), false, text);
    });
  }

  it('asks for nothing where the format is none', () => equal(formatOf('color'), undefined));
});
