// esbuild plugin: of Mermaid, what sequence diagrams need. Every other kind of diagram, and what only those load, is left out.

/** Loaded by other diagrams alone, or (katex) by formulas, which texts here never have: they escape the dollar sign. */
const unused = /^(katex|cytoscape.*|elkjs.*|@mermaid-js\/.*|chevrotain.*|langium|roughjs.*)$/;

export const sequenceDiagramsOnly = {
  name: 'sequence-diagrams-only',
  setup(build) {
    const nothing = (args) => ({ path: args.path, namespace: 'nothing' });
    build.onResolve({ filter: /./ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      return args.path.includes('sequenceDiagram') ? undefined : nothing(args);
    });
    build.onResolve({ filter: unused }, (args) => (args.path.startsWith('roughjs') ? undefined : nothing(args)));
    build.onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: 'export default {}', loader: 'js' }));
  },
};
