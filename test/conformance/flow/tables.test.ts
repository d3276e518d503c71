import assert from 'node:assert/strict';
import { normalizeTables } from './tables.ts';

const symbols = (text: string) => text.replaceAll('web-abcde', 'web-x0001');

describe('normalizeTables', () => {
  it('cuts columns in kubectl’s widths, pads them for the symbols and sorts by name', () => {
    const text = ['NAME        READY   AGE', 'web-abcde   1/1     13s', 'api         0/1     2m5s', ''].join('\n');
    assert.equal(
      normalizeTables(text, symbols),
      ['NAME        READY   AGE', 'api         0/1     <age>', 'web-x0001   1/1     <age>', ''].join('\n'),
    );
  });

  it('reads the Events of describe', () => {
    const text = [
      'Events:',
      '  Type    Age               From',
      '  ----    ----              ----',
      '  Normal  3s (x2 over 13s)  kubelet',
    ];
    const expected = [
      'Events:',
      '  Type    Age                    From',
      '  ----    ----                   ----',
      '  Normal  <age> (x2 over <age>)  kubelet',
    ];
    assert.equal(normalizeTables(text.join('\n'), symbols), expected.join('\n'));
  });

  it('leaves other lines to the cell', () => {
    assert.equal(normalizeTables('pod/web-abcde created\n', symbols), 'pod/web-x0001 created\n');
  });
});
