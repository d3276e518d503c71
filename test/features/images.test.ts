import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { imagesOf, parseSource } from '../../src/features/index.ts';

const read = (text: string) => imagesOf(parseSource({ name: 'images.yaml', text }));
const advice = 'it should say  images: {nginx: {pull: {delay: 4s}}}';

describe('a file about images', () => {
  it('says what images, containers and sandboxes do, each alone as well', () => {
    const schema = JSON.parse(readFileSync('media/schemas/images.schema.json', 'utf8')) as { properties: object };
    for (const part of Object.keys(schema.properties)) assert.deepEqual(read(`${part}: {}`), { [part]: {} });
    assert.deepEqual(read('containers: {app: {runs: [{exit: 1}]}}'), { containers: { app: { runs: [{ exit: 1 }] } } });
  });

  it('is refused with an example where it says something else', () => {
    for (const text of ['', '[]', 'image: {}', 'images: nginx', 'images: {}\nnginx: {}'])
      assert.equal(read(text), advice);
    assert.match(String(read('images: {')), /did not find/);
  });
});
