// package.json against what the code, the server and the samples say: names, defaults, texts.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultSettings } from '../../src/protocol/settings.ts';

interface Setting {
  readonly default: unknown;
  readonly order: number;
  readonly scope?: string;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly l10n: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: boolean;
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly walkthroughs: readonly [
      { readonly steps: readonly { readonly id: string; readonly completionEvents: readonly string[] }[] },
    ];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: readonly [{ readonly properties: Readonly<Record<string, Setting>> }];
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

  it('is active for YAML and for its own panels, and for nothing else', () => {
    assert.deepEqual(manifest.activationEvents, ['onLanguage:yaml', 'onWebviewPanel:applyscope.panel']);
  });

  it('works in workspaces that nobody trusts, without what runs a program, and in virtual ones', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    assert.equal(virtualWorkspaces, true);
    assert.equal(untrustedWorkspaces.supported, 'limited');
    const programs = Object.keys(properties).filter((name) => name.endsWith('.path'));
    assert.deepEqual([...untrustedWorkspaces.restrictedConfigurations].sort(), programs.sort());
  });

  it('gives every setting a scope and a description in Markdown, and every command its category', () => {
    for (const [name, setting] of Object.entries(properties)) {
      assert.ok(setting.scope && setting.markdownDescription, name);
    }
    for (const { command, category } of commands) assert.equal(category, 'Applyscope', command);
  });

  it('has a walkthrough whose steps are ticked off by commands and contexts that there are', () => {
    const [{ steps }] = manifest.contributes.walkthroughs;
    const declared = commands.map(({ command }) => `onCommand:${command}`);
    const opened = readdirSync('media/samples/first-steps')
      .filter((name) => name.endsWith('.yaml'))
      .map((_, at) => `onContext:applyscope.openedSample${at + 1}`);
    for (const { id, completionEvents } of steps) {
      for (const event of completionEvents) assert.ok([...declared, ...opened].includes(event), `${id}: ${event}`);
    }
  });

  it('welcomes where there is nothing to show yet', () => {
    const { viewsWelcome, views } = manifest.contributes;
    const own = Object.values(views).flatMap((some) => some.map(({ id }) => id));
    assert.deepEqual([...new Set(viewsWelcome.map(({ view }) => view))].sort(), [...own, 'explorer'].sort());
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
