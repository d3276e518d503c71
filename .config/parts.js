// A bundle that is loaded in parts: what is always needed in one file, and beside it the parts that parts.json names, each loaded when one
// of its functions is first called. The sources know nothing of it: they import and call, and the call is what loads. It loads
// synchronously in every host (`require`, or `importScripts` in a worker), because a run is synchronous.
//
// A part uses the start's own instances, never copies; what several parts need goes to the start.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';

/** By name: the modules whose functions the rest of the program calls. */
const parts = JSON.parse(readFileSync('.config/parts.json', 'utf8'));
export const partNames = Object.keys(parts);
const partOf = new Map(partNames.flatMap((name) => parts[name].modules.map((file) => [path.resolve(file), name])));

/**
 * Builds `outfile`, and its parts into the folder of the same name.
 * `run` is an expression: a function that runs the script of a part, by its file's name.
 */
export async function buildInParts({ entryPoints: [entry], outfile, banner, ...options }, { run, extension = '.js' }) {
  const functions = await exportedFunctions();
  const building = (more) => build({ ...options, bundle: true, write: false, metafile: true, ...more });
  const buildStart = (taken) =>
    building({
      entryPoints: [entry],
      banner: { js: `${banner?.js ?? ''}const runPart=${run};` },
      plugins: [startPlugin(functions, taken)],
    });
  const buildPart = (name, start, fromStart, more) =>
    building({ entryPoints: [`part:${name}`], plugins: [partPlugin(name, functions, start, fromStart)], ...more });

  const start = modulesIn(await buildStart([]));
  /** With what is of the start as imports. */
  const buildOpen = (name) => buildPart(name, start, undefined, { format: 'esm', minify: false });
  while (await addShared(start, buildOpen));

  /** What parts take of the start, as [file, name]; a part finds it by its place in this list. */
  const taken = [];
  const written = [];
  for (const name of partNames) {
    const names = namesTaken(await buildOpen(name));
    const fromStart = (file) => {
      const lines = (names.get(file) ?? []).map((one) => {
        let place = taken.findIndex(([of, known]) => of === file && known === one);
        if (place < 0) place = taken.push([file, one]) - 1;
        return `export const ${one} = fromStart[${place}];`;
      });
      return lines.join('\n');
    };
    const result = await buildPart(name, start, fromStart, {
      ...{ format: 'iife', globalName: 'part' },
      banner: { js: 'globalThis.applyscopePart=(fromStart,loadPart)=>{' },
      footer: { js: 'return part};' },
    });
    written.push({ name, result });
  }
  const whole = await buildStart(taken);
  const inStart = modulesIn(whole);
  for (const { name, result } of written) {
    const twice = [...modulesIn(result)].filter((file) => inStart.has(file));
    if (twice.length > 0) throw new Error(`${outfile}: the start and the part ${name} both have ${twice.join(', ')}`);
  }
  const folder = outfile.slice(0, -path.extname(outfile).length);
  mkdirSync(folder, { recursive: true });
  writeFileSync(outfile, whole.outputFiles[0].contents);
  for (const { name, result } of written) {
    writeFileSync(`${folder}/${name}${extension}`, result.outputFiles[0].contents);
  }
}

/** Adds to the start what several parts have; whether there was any. */
async function addShared(start, buildPart) {
  const owners = new Map();
  for (const name of partNames) {
    for (const file of modulesIn(await buildPart(name))) owners.set(file, (owners.get(file) ?? 0) + 1);
  }
  const shared = [...owners].filter(([, count]) => count > 1);
  for (const [file] of shared) start.add(file);
  return shared.length > 0;
}

/** The names that a part imports of each module of the start: those that are left when all that is not used is shaken off. */
function namesTaken({ outputFiles }) {
  const names = new Map();
  for (const [, list, file] of outputFiles[0].text.matchAll(/^import \{([^}]*)\} from "start:([^"]*)";$/gm)) {
    const own = list.split(',').map((one) => one.trim().split(' as ')[0]);
    names.set(file, [...new Set([...(names.get(file) ?? []), ...own])].filter(Boolean));
  }
  return names;
}

/** Absolute paths of the modules that a bundle has code of. */
function modulesIn({ metafile }) {
  const [{ inputs }] = Object.values(metafile.outputs);
  const own = Object.keys(inputs).filter(
    (file) => inputs[file].bytesInOutput > 0 && !/^(parts?|stub|start):/.test(file),
  );
  return new Set(own.map((file) => path.resolve(file)));
}

/** By file: what it exports. Only functions can wait for their part: a value is there when a module begins. */
async function exportedFunctions() {
  const functions = new Map();
  for (const file of partOf.keys()) {
    const { code } = await transform(readFileSync(file, 'utf8'), { loader: 'ts' });
    const names = [...code.matchAll(/^export (?:function\*? (\w+)\(|const (\w+) = (?:\(|\w+ =>)|(.*))/gm)].map(
      ([, declared, arrow, other]) => {
        if (other) throw new Error(`${path.relative('.', file)}: a part can only export functions, not "${other}"`);
        return declared ?? arrow;
      },
    );
    functions.set(file, names);
  }
  return functions;
}

/** A module of calls that load the part first. */
const stub = (file, functions) =>
  functions
    .get(file)
    .map((name) => `export const ${name} = (...given) => loadPart('${partOf.get(file)}').${name}(...given);`)
    .join('\n');

function startPlugin(functions, taken) {
  const loader = `
    import { fromStart } from 'parts:start';
    const loaded = new Map();
    export function loadPart(name) {
      let part = loaded.get(name);
      if (!part) {
        runPart(name);
        part = globalThis.applyscopePart(fromStart(), loadPart);
        loaded.set(name, part);
      }
      return part;
    }`;
  const imports = taken.map(([file, name], index) => `import { ${name} as s${index} } from ${JSON.stringify(file)};`);
  const fromStart = `${imports.join('\n')}
    export const fromStart = () => [${taken.map((_, index) => `s${index}`).join(',')}];`;
  return {
    name: 'start',
    setup(bundle) {
      virtual(bundle, 'parts', (name) => (name === 'load' ? loader : fromStart));
      virtual(bundle, 'stub', (file) => `import { loadPart } from 'parts:load';\n${stub(file, functions)}`);
      resolving(bundle, ({ file }) => (partOf.has(file) ? { namespace: 'stub', path: file } : undefined));
    },
  };
}

/** With `fromStart` undefined, what is of the start stays an import. */
function partPlugin(part, functions, start, fromStart) {
  const own = parts[part].modules.map((file) => `export * from ${JSON.stringify(path.resolve(file))};`).join('\n');
  return {
    name: 'part',
    setup(bundle) {
      virtual(bundle, 'part', () => own);
      virtual(bundle, 'start', (file) => fromStart(file));
      virtual(bundle, 'stub', (file) => stub(file, functions));
      resolving(bundle, ({ file }) => {
        if (partOf.has(file)) return partOf.get(file) === part ? undefined : { namespace: 'stub', path: file };
        if (!start.has(file)) return undefined;
        return fromStart ? { namespace: 'start', path: file } : { external: true, path: `start:${file}` };
      });
    },
  };
}

/** Imports of `NAME:…` load what `content` says. */
function virtual(bundle, name, content) {
  bundle.onResolve({ filter: new RegExp(`^${name}:`) }, ({ path: file }) => ({
    ...{ namespace: name, path: file.slice(name.length + 1), sideEffects: false },
  }));
  bundle.onLoad({ filter: /.*/, namespace: name }, ({ path: file }) => ({
    ...{ contents: content(file), resolveDir: process.cwd() },
  }));
}

/** Lets `choose` send imports elsewhere, by the absolute path of what is imported. */
function resolving(bundle, choose) {
  const again = Symbol('resolved');
  bundle.onResolve(
    { filter: /.*/ },
    async ({ path: name, pluginData, kind, importer, resolveDir, namespace, with: attributes }) => {
      if (pluginData === again || kind === 'entry-point') return undefined;
      const found = await bundle.resolve(name, {
        ...{ kind, importer, resolveDir, namespace },
        with: attributes,
        pluginData: again,
      });
      if (found.errors.length > 0 || found.external) return found;
      return choose({ file: found.path }) ?? found;
    },
  );
}
