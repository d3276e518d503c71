import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { imageShape, type ImageShape } from '../../src/features/image-shape.ts';
import { imagesOf, parseSource } from '../../src/features/index.ts';

const read = (text: string) => imagesOf(parseSource({ name: 'images.yaml', text }));
const example = 'it should say  images: {nginx: {pull: {delay: 4s}}}';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(readFileSync('media/schemas/images.schema.json', 'utf8')) as Schema;

describe('a file about images', () => {
  it('says what images, containers and sandboxes do, each alone as well', () => {
    for (const part of Object.keys(schema.properties ?? {})) assert.deepEqual(read(`${part}: {}`), { [part]: {} });
    assert.deepEqual(read('containers: {app: {runs: [{exit: 1}]}}'), { containers: { app: { runs: [{ exit: 1 }] } } });
  });

  it('is refused with an example where it says something else', () => {
    for (const text of ['', '[]', '{}']) assert.equal(read(text), example);
    assert.equal(read('image: {}'), `line 1: the file has no key image: did you mean images?; ${example}`);
    assert.equal(read('images: nginx'), `line 1: images should be a map of keys and values; ${example}`);
    assert.match(String(read('images: {}\nnginx: {}')), /^line 2: the file has no key nginx: it may have images, con/);
    assert.match(String(read('images: {')), /did not find/);
  });

  const slips: [text: string, says: string][] = [
    ['nginx:1.27: {pull: {dely: 4s}}', 'images[nginx:1.27].pull has no key dely: did you mean delay?'],
    ['a: {runs: [{exit: 0}, {exits: 1}]}', 'images.a.runs[1] has no key exits: did you mean exit?'],
    ['a: {pul: {}}', 'images.a has no key pul: did you mean pull?'],
    [
      'a: {listen: [{port: 80, paths: {/: [{state: 500}]}}]}',
      'images.a.listen[0].paths[/][0] has no key state: it may have until, sleep, status, body',
    ],
    ['a: {pull: {delay: 4}}', 'images.a.pull.delay should be a duration such as 4s or 1m30s'],
    ['a: {runs: {exit: 1}}', 'images.a.runs should be a list'],
    ['a: {runs: [{after: often}]}', 'images.a.runs[0].after should be a duration such as 4s, or never'],
    ['a: {stop: {ignoreTerm: 1}}', 'images.a.stop.ignoreTerm should be true or false'],
    ['a: {user: 1000}', 'images.a.user should be a text'],
    ['a: {pull: {size: 5Mi}}', 'images.a.pull.size should be a whole number'],
  ];
  for (const [text, says] of slips) {
    it(`has no ${text}`, () => assert.equal(read(`# images\nimages:\n  ${text}\n`), `line 3: ${says}`));
  }

  it('may hold what its schema says, no more and no less', () => {
    assert.deepEqual(imageShape, shapeOf(schema));
  });

  it('is right where the scenarios have one', () => {
    for (const scenario of readdirSync('test/scenarios').filter((name) => !name.includes('.'))) {
      const files = readdirSync(`test/scenarios/${scenario}`).filter((name) => name === 'images.yaml');
      for (const file of files) {
        assert.equal(typeof read(readFileSync(`test/scenarios/${scenario}/${file}`, 'utf8')), 'object', scenario);
      }
    }
  });
});

/** The shape that a part of the schema means. */
function shapeOf({ $ref, type, properties, additionalProperties, items, anyOf, allOf }: Schema): ImageShape {
  const name = $ref?.split('/').at(-1);
  if (name === 'duration') return 'duration';
  if (name !== undefined) return shapeOf(schema.definitions?.[name] ?? {});
  if (anyOf) return 'end';
  if (allOf?.[0]) return shapeOf(allOf[0]);
  if (items) return { items: shapeOf(items) };
  if (additionalProperties) return { each: shapeOf(additionalProperties) };
  if (properties) {
    return { keys: Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, shapeOf(inner)])) };
  }
  const scalars = { string: 'text', integer: 'number', boolean: 'flag' } as const;
  return scalars[type as keyof typeof scalars];
}
