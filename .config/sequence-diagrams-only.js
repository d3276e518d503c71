// esbuild plugin: of Mermaid, what sequence diagrams need. Every other kind of diagram, and what only those load, is left out.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Loaded by other diagrams alone, or (katex) by formulas, which texts here never have: they escape the dollar sign. */
const unused = /^(katex|cytoscape.*|elkjs.*|@mermaid-js\/.*|chevrotain.*|langium)$/;

/**
 * Mermaid's chunks say in comments what sources they are made of. Left out are those that draw what is no sequence diagram, and (js-yaml)
 * that read what texts here never have: front matter, and settings of lanes.
 */
const foreign = /^\/\/ (src\/rendering-util\/(?!selectSvgElement)|.*\/js-yaml\/)/m;

/** Mermaid copies all its settings whenever it looks at one: hundreds of times for a diagram, and a third of what that takes. Here it does so once. */
const copying = 'return assignWithDepth_default({}, currentConfig);';
const copyingOnce = `if (copied !== currentConfig) {
    copied = currentConfig;
    copy = assignWithDepth_default({}, copied);
  }
  return copy;`;

export const sequenceDiagramsOnly = {
  name: 'sequence-diagrams-only',
  setup(build) {
    const nothing = () => ({ path: 'nothing', namespace: 'nothing' });
    build.onResolve({ filter: /./ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      return args.path.includes('sequenceDiagram') ? undefined : nothing();
    });
    build.onResolve({ filter: unused }, nothing);
    build.onResolve({ filter: /\/chunk-\w+\.mjs$/ }, (args) => {
      const chunk = readFileSync(path.join(args.resolveDir, args.path), 'utf8');
      return foreign.test(chunk) ? nothing() : undefined;
    });
    let isMended = false;
    build.onLoad({ filter: /\/mermaid\.core\/chunk-\w+\.mjs$/ }, ({ path: file }) => {
      const chunk = readFileSync(file, 'utf8');
      if (!chunk.includes(copying)) return undefined;
      isMended = true;
      return { contents: `let copied, copy;\n${chunk.replace(copying, copyingOnce)}` };
    });
    build.onEnd(() =>
      isMended ? undefined : { errors: [{ text: 'Mermaid looks at its settings in another way now' }] },
    );
    // whatever is imported of it is undefined
    build.onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: 'module.exports = {}', loader: 'js' }));
    // Mermaid imports from all of d3, and keeps it whole with that
    build.onResolve({ filter: /^d3$/ }, () => ({ path: 'd3', namespace: 'd3' }));
    build.onLoad({ filter: /./, namespace: 'd3' }, () => ({
      contents: "export * from 'd3-selection'; export * from 'd3-shape';",
      resolveDir: '.',
    }));
  },
};
