// A bundle that is loaded in parts: what a plain manifest needs in one file, the start, and beside it the parts that parts.json names, each
// loaded when one of its functions is first called. The sources know nothing of it: they import and call, and the call is what loads. It
// loads synchronously in every host (`require`, or `importScripts` in a worker), because a run is synchronous.
//
// A part uses the start's own instances, never copies; what several parts need goes to the start.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';

/** By part: the modules whose functions the rest of the program calls. */
const all = JSON.parse(readFileSync('.config/parts.json', 'utf8'));
export const partNames = Object.keys(all);

/**
 * Builds `outfile`, and its parts into the folder of the same name.
 * `run` is an expression: a function that runs the script of a part, by its name.
 */
export async function buildInParts(options, { parts = partNames, run, extension }) {
  const { outfile } = options;
  const partOf = new Map(parts.flatMap((name) => all[name].map((file) => [path.resolve(file), name])));
  const functions = new Map();
  for (const file of partOf.keys()) functions.set(file, await functionsOf(file));
  /** What parts take of the start, as import clauses; a part finds it by its place. */
  const taken = new Map();
  const shared = new Set();
  for (;;) {
    const start = await buildStart(options, { partOf, functions, taken, run });
    const inStart = new Set([...modulesIn(Object.values(start.metafile.outputs)[0]), ...shared]);
    const built = await buildParts(options, { parts, partOf, functions, inStart });
    const before = taken.size + shared.size;
    for (const file of inSeveral(built.metafile)) shared.add(file);
    const scripts = built.outputFiles.map(({ path: file, text }) => [path.parse(file).name, scriptOf(text, taken)]);
    if (taken.size + shared.size > before) continue;
    const folder = outfile.slice(0, -path.extname(outfile).length);
    mkdirSync(folder, { recursive: true });
    writeFileSync(outfile, start.outputFiles[0].contents);
    for (const [name, script] of scripts) writeFileSync(`${folder}/${name}${extension}`, script);
    return;
  }
}

function buildStart({ entryPoints: [entry], banner, ...options }, { partOf, functions, taken, run }) {
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
    plugins: [callsOf(functions, partOf), loader],
  });
}

function buildParts({ outfile, banner: _, ...options }, { parts, partOf, functions, inStart }) {
  const entry = {
    name: 'entry',
    setup(bundle) {
      bundle.onResolve({ filter: /^part:/ }, ({ path: name }) => ({ namespace: 'part', path: name.slice(5) }));
      bundle.onLoad({ filter: /.*/, namespace: 'part' }, ({ path: name }) => {
        const modules = all[name].map((file) => `export * from './${file}';`);
        return { contents: modules.join('\n'), resolveDir: process.cwd() };
      });
      bundle.onResolve({ filter: /^parts:load$/ }, () => ({ external: true, sideEffects: false }));
    },
  };
  return build({
    ...options,
    ...{ write: false, metafile: true, format: 'esm', outdir: path.dirname(outfile) },
    entryPoints: parts.map((name) => ({ in: `part:${name}`, out: name })),
    plugins: [entry, callsOf(functions, partOf, inStart)],
  });
}

/** Imports of a part's modules by others become calls that load it first; in parts, what is `inStart` stays an import. */
function callsOf(functions, partOf, inStart = new Set()) {
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
          return (loaded[name] = globalThis.applyscopePart(start(), loadPart));
        }`,
    }));
  },
};

/** The script that hands over a part, made of the module: what is imported comes from the start, what is exported is returned. */
function scriptOf(module, taken) {
  const imported = [];
  let exported = '';
  const code = module
    .replace(/\bimport\{([^}]*)\}from"([^"]*)";?/g, (_, names, file) => {
      if (file === 'parts:load') imported.push(names.replace(' as ', ':').replace(/^/, ''));
      else
        for (const one of names.split(',')) {
          const [name, local = name] = one.split(' as ');
          const key = `${name} ${file}`;
          if (!taken.has(key)) taken.set(key, taken.size);
          imported.push(`${taken.get(key)}:${local}`);
        }
      return '';
    })
    .replace(/\bexport\{([^}]*)\};?\s*$/, (_, names) => {
      exported = names.replace(/([\w$]+) as ([\w$]+)/g, '$2:$1');
      return '';
    });
  return `"use strict";globalThis.applyscopePart=(start,loadPart)=>{const{${imported.join()}}=start;${code}return{${exported}}};\n`;
}

/** Absolute paths of our modules that a bundle has code of. */
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
