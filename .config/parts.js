// Bundles that are loaded in parts: what a plain manifest needs in one file, the start, and beside it the parts that parts.json names. A part
// is loaded when one of its functions is first called, and synchronously, because a run is synchronous. The sources know nothing of it: they
// import and call.
//
// A part uses the start's own instances, never copies of them; what several parts need lies in the start.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';

/** By part: the modules whose functions the rest of the program calls. */
const parts = JSON.parse(readFileSync('.config/parts.json', 'utf8'));
const partOf = new Map(Object.keys(parts).flatMap((name) => parts[name].map((file) => [path.resolve(file), name])));

/**
 * Builds a bundle's start at `outfile`, and its parts into the folder of the same name.
 * `run` is code of a function that runs the script of a part, by its name.
 */
export async function buildInParts(options, { run, extension }) {
  const functions = new Map();
  for (const file of partOf.keys()) functions.set(file, await functionsOf(file));
  // What parts take of the start, by name and module, in the order in which the start hands it over. Taking it brings more into the start,
  // which leaves more for parts to take: both are built until nothing is added.
  const taken = new Map();
  const shared = new Set();
  for (;;) {
    const before = taken.size + shared.size;
    const start = await buildStart(options, { functions, taken, run });
    const inStart = new Set([...modulesIn(Object.values(start.metafile.outputs)[0]), ...shared]);
    const built = await buildParts(options, { functions, inStart });
    for (const file of inSeveral(built.metafile)) shared.add(file);
    const scripts = built.outputFiles.map(({ path: file, text }) => [path.parse(file).name, scriptOf(text, taken)]);
    if (taken.size + shared.size > before) continue;
    const called = calledParts(start.metafile, built.metafile);
    return write(
      options.outfile,
      start.outputFiles[0].contents,
      scripts.filter(([name]) => called.has(name)),
      extension,
    );
  }
}

/** The parts that the start calls, and those that these call. */
function calledParts(start, built) {
  const outputs = Object.entries(built.outputs).map(([file, output]) => [path.parse(file).name, output]);
  const called = new Set();
  const follow = ({ inputs }) => {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const name = bytesInOutput > 0 && partOf.get(path.resolve(input.replace(/^calls:/, '')));
      if (!input.startsWith('calls:') || !name || called.has(name)) continue;
      called.add(name);
      follow(outputs.find(([part]) => part === name)[1]);
    }
  };
  follow(Object.values(start.outputs)[0]);
  return called;
}

function write(outfile, start, scripts, extension) {
  const folder = outfile.slice(0, -path.extname(outfile).length);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(outfile, start);
  for (const [name, script] of scripts) writeFileSync(`${folder}/${name}${extension}`, script);
}

function buildStart({ entryPoints: [entry], banner, ...options }, { functions, taken, run }) {
  const imports = [...taken.keys()].map((key, place) => {
    const [name, file] = key.split(' ');
    return `import { ${name} as s${place} } from ${JSON.stringify(file)};`;
  });
  return build({
    ...options,
    write: false,
    metafile: true,
    banner: { js: `${banner?.js ?? ''}const runPart=${run};` },
    stdin: {
      // what is only there for parts comes last, so that modules begin in the order that they import each other
      contents: `
        export * from './${entry}';
        import { begin } from 'parts:load';
        ${imports.join('\n')}
        begin(() => [${imports.map((_, place) => `s${place}`).join()}]);`,
      resolveDir: process.cwd(),
    },
    plugins: [callsOf(functions), loader],
  });
}

function buildParts({ outfile, ...options }, { functions, inStart }) {
  const entries = {
    name: 'entries',
    setup(bundle) {
      bundle.onResolve({ filter: /^part:/ }, ({ path: name }) => ({ namespace: 'part', path: name.slice(5) }));
      bundle.onLoad({ filter: /.*/, namespace: 'part' }, ({ path: name }) => {
        const modules = parts[name].map((file) => `export * from './${file}';`);
        return { contents: modules.join('\n'), resolveDir: process.cwd() };
      });
      bundle.onResolve({ filter: /^parts:load$/ }, () => ({ external: true, sideEffects: false }));
    },
  };
  return build({
    ...options,
    banner: {},
    ...{ write: false, metafile: true, format: 'esm', outdir: path.dirname(outfile) },
    entryPoints: Object.keys(parts).map((name) => ({ in: `part:${name}`, out: name })),
    plugins: [entries, callsOf(functions, inStart)],
  });
}

/** Imports of a part's modules by others become calls that load it first; in parts, what is `inStart` stays an import. */
function callsOf(functions, inStart = new Set()) {
  return {
    name: 'calls',
    setup(bundle) {
      bundle.onResolve({ filter: /^\..*\.ts$/ }, ({ path: name, importer, resolveDir, namespace }) => {
        const file = path.resolve(resolveDir, name);
        const part = partOf.get(file);
        if (part && namespace !== 'part' && partOf.get(importer) !== part) return { namespace: 'calls', path: file };
        return !part && inStart.has(file) ? { external: true, path: file, sideEffects: false } : undefined;
      });
      bundle.onLoad({ filter: /.*/, namespace: 'calls' }, ({ path: file }) => {
        const part = partOf.get(file);
        const calls = functions
          .get(file)
          .map((name) => `export const ${name} = (...given) => loadPart('${part}').${name}(...given);`);
        return { contents: `import { loadPart } from 'parts:load';\n${calls.join('\n')}` };
      });
    },
  };
}

const loader = {
  name: 'loader',
  setup(bundle) {
    bundle.onResolve({ filter: /^parts:load$/ }, () => ({ namespace: 'load', path: 'load' }));
    bundle.onLoad({ filter: /.*/, namespace: 'load' }, () => ({
      contents: `
        const loaded = {};
        let start;
        export const begin = (taken) => { start = taken; };
        export function loadPart(name) {
          if (loaded[name]) return loaded[name];
          runPart(name);
          return (loaded[name] = globalThis.applyscopePart(start()));
        }`,
    }));
  },
};

/** The script that hands over a part, made of its module: what it imports comes from the start, what it exports is returned. */
function scriptOf(module, taken) {
  const imported = [];
  const code = module.replace(/\bimport\{([^}]*)\}from"([^"]*)";/g, (_, names, file) => {
    for (const one of names.split(',')) {
      const [name, local = name] = one.split(' as ');
      const key = `${name} ${file}`;
      if (!taken.has(key)) taken.set(key, taken.size);
      imported.push(`${taken.get(key)}:${local}`);
    }
    return '';
  });
  const [clause, names] = /export\{([^}]*)\};?\s*$/.exec(code);
  const exported = names.replace(/([\w$]+) as ([\w$]+)/g, '$2:$1');
  const body = `const{${imported.join()}}=start;${code.slice(0, -clause.length)}return{${exported}}`;
  return `"use strict";globalThis.applyscopePart=start=>{${body}};\n`;
}

/** Absolute paths of our modules that an output has code of. */
const modulesIn = ({ inputs }) =>
  Object.keys(inputs)
    .filter((file) => inputs[file].bytesInOutput > 0 && file.startsWith('src/'))
    .map((file) => path.resolve(file));

function inSeveral({ outputs }) {
  const files = Object.values(outputs).flatMap(modulesIn);
  return files.filter((file, index) => files.indexOf(file) < index);
}

/** What a module exports. Only functions can wait for their part: a value is there when a module begins. */
async function functionsOf(file) {
  const { code } = await transform(readFileSync(file, 'utf8'), { loader: 'ts' });
  const exports = code.matchAll(/^export (?:function\*? (\w+)\(|const (\w+) = (?:\(|\w+ =>)|(.*))/gm);
  return [...exports].map(([, declared, arrow, other]) => {
    if (other) throw new Error(`${path.relative('.', file)}: a part can only export functions, not "${other}"`);
    return declared ?? arrow;
  });
}
