import assert from 'node:assert/strict';
import { remembering } from '../../src/base/remembering.ts';

describe('remembering', () => {
  const asked: string[] = [];
  const lengthOf = remembering(2, (text) => {
    asked.push(text);
    return text === '' ? undefined : text.length;
  });
  const ask = (...texts: string[]) => {
    asked.length = 0;
    const said = texts.map((text) => lengthOf(text));
    return { said, asked: [...asked] };
  };

  it('makes what is not known, once, be it undefined', () => {
    assert.deepEqual(ask('a', 'a', '', ''), { said: [1, 1, undefined, undefined], asked: ['a', ''] });
  });

  it('forgets all rather than keep more than it may', () => {
    assert.deepEqual(ask('bb', 'bb', 'a'), { said: [2, 2, 1], asked: ['bb', 'a'] });
  });
});
