// src/README.md is the truth about the house: these tests hold it to the tree.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const page = readFileSync('src/README.md', 'utf8');
const rowsUnder = (heading: string) =>
  (page.split(`## ${heading}\n`)[1] ?? '')
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => /^\| (?!folder|to add|---)/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

const foldersOf = (root: string) =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

describe('src/README.md', () => {
  it('maps every folder of src and of the simulator, and no other', () => {
    const mapped = rowsUnder('Map').map(([, folder]) => folder);
    const there = [...foldersOf('src'), ...foldersOf('src/simulator').map((name) => `simulator/${name}`)];
    assert.deepEqual([...mapped].sort(), there.sort());
  });

  it('names entries that exist', () => {
    for (const [, folder = '', , entry = ''] of rowsUnder('Map')) {
      const file = /`(.+)`/.exec(entry)?.[1];
      if (file) assert.ok(existsSync(`src/${folder}/${file}`), `src/${folder}/${file}`);
    }
  });

  it('names registries that exist', () => {
    const registries = [...page.matchAll(/`((?:[a-z-]+\/)*registry\.ts)`/g)].map(([, file]) => file ?? '');
    assert.ok(registries.length >= 4);
    for (const file of registries) {
      const places = ['src', 'src/simulator', 'src/simulator/kube-apiserver'].map((root) => `${root}/${file}`);
      assert.ok(places.some(existsSync), file);
    }
  });

  it('has a rule of import for every folder of src', () => {
    const ruled = rowsUnder('Who may import whom').map(([, folder]) => folder ?? '');
    for (const folder of foldersOf('src')) {
      assert.ok(
        ruled.some((rule) => rule === folder || rule.startsWith(`${folder}/`)),
        folder,
      );
    }
  });
});

describe('the repository', () => {
  const tracked = (root: string): string[] =>
    readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? tracked(`${root}/${entry.name}`) : [`${root}/${entry.name}`],
    );

  it('has only the agreed names at its top', () => {
    const agreed = new Set([
      ...[
        'package.json',
        'package-lock.json',
        'package.nls.json',
        'tsconfig.json',
        'esbuild.js',
        'src',
        'webview',
        'media',
        'test',
        'README.md',
      ],
      ...['LICENSE', 'CHANGELOG.md', 'node_modules', 'dist', 'coverage'],
    ]);
    const others = readdirSync('.').filter((name) => !agreed.has(name) && !name.startsWith('.'));
    assert.deepEqual(others, []);
  });

  it('knows the archived controls of webviews in one file, where they will be replaced', () => {
    const users = ['src', 'webview', 'test']
      .flatMap(tracked)
      .filter((file) => /\.ts$/.test(file) && /from '@vscode\/webview-ui-toolkit/.test(readFileSync(file, 'utf8')));
    assert.deepEqual(users, ['webview/controls.ts']);
  });

  it('begins every source file by saying why it exists', () => {
    const silent = tracked('src')
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => !/^(#!.*\n)?(\/\/|\/\*\*)/.test(readFileSync(file, 'utf8')));
    assert.deepEqual(silent, []);
  });
});
