// package.json against what the code, the server and the samples say: names, defaults, texts.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultSettings } from '../../src/protocol/settings.ts';

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly l10n: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: readonly [
      { readonly properties: Readonly<Record<string, { readonly default: unknown; readonly order: number }>> },
    ];
  };
}

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as unknown;
const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const sources = readdirSync('src/extension', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(path.join('src/extension', file), 'utf8'));
const code = sources.join('\n');

describe('the manifest of the extension', () => {
  it('names entries that are scripts: in a package of modules, a web worker loads no other', () => {
    const { main, browser } = manifest;
    for (const entry of [main, browser]) assert.match(entry, /\.cjs$/);
  });

  const { commands, menus, configuration } = manifest.contributes;
  const [{ properties }] = configuration;

  it('declares the settings that the server reads, with their defaults', () => {
    for (const [name, value] of Object.entries(defaultSettings)) {
      assert.deepEqual(properties[`applyscope.${name}`]?.default, value, name);
    }
  });

  it('orders its settings', () => {
    const orders = Object.values(properties).map(({ order }) => order);
    assert.deepEqual(
      orders,
      [...orders.keys()].map((index) => index + 1),
    );
  });

  it('has menu entries and links of declared commands only', () => {
    const declared = commands.map(({ command }) => command);
    const named = Object.values(menus).flatMap((entries) => entries.map(({ command }) => command));
    const linked = [...readFileSync('package.nls.json', 'utf8').matchAll(/\(command:([\w.]+)/g)].map(
      ([, id]) => id ?? '',
    );
    for (const command of [...named, ...linked]) assert.ok(declared.includes(command), command);
  });

  it('has a text for every key, and no text without one', () => {
    const keys = [...text.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(read('package.nls.json') as object).sort());
  });

  it('names files that exist', () => {
    const files = [...text.matchAll(/"(?:\.\/)?(media\/[^"]+)"/g)].map(([, file]) => file ?? '');
    assert.ok(files.length > 8);
    assert.deepEqual(
      files.filter((file) => !existsSync(file)),
      [],
    );
  });

  it('has a translatable text for everything that the code says', () => {
    const said = [...code.matchAll(/l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")/g)].map(
      ([, one, other]) => one ?? other ?? '',
    );
    const calls = [...code.matchAll(/l10n\.t\(/g)].length;
    assert.equal(said.length, calls, 'texts are literals');
    assert.deepEqual(Object.keys(read(`${manifest.l10n}/bundle.l10n.json`) as object), [...new Set(said)].sort());
  });
});
