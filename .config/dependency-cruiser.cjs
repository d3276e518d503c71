// Who may import whom: the table of src/README.md. What is not allowed here is forbidden.
const inside = (...folders) => `^src/(${folders.join('|')})(/|\\.ts$)`;

/** Folder of src → what it may import of src (itself always), and which packages. */
const table = {
  base: [[], []],
  api: [['base'], []],
  cel: [['base', 'api'], ['@marcbachmann/cel-js']],
  manifest: [
    ['base', 'api'],
    ['yaml', 'js-yaml'],
  ],
  'simulator/trace': [['base', 'api'], []],
  'simulator/kernel': [['base', 'api', 'simulator/trace'], []],
  'simulator/client': [['base', 'api', 'simulator/trace', 'simulator/kernel'], []],
  'simulator/etcd': [['base', 'api', 'simulator/kernel'], []],
  'simulator/kube-apiserver': [
    ['base', 'api', 'cel', 'simulator/trace', 'simulator/kernel', 'simulator/client', 'simulator/etcd'],
    [],
  ],
  analyzer: [['base', 'api', 'manifest', 'simulator/index', 'simulator/trace'], []],
  diagram: [['base', 'api', 'simulator/trace'], []],
  features: [['base', 'api', 'manifest', 'simulator/index', 'simulator/trace', 'analyzer', 'diagram', 'protocol'], []],
  protocol: [['base'], []],
  cli: [['features', 'base'], ['node:']],
  'language-server': [
    ['features', 'protocol', 'base'],
    ['node:', 'vscode-languageserver', 'vscode-uri'],
  ],
  extension: [
    ['protocol', 'base'],
    ['vscode', 'vscode-languageclient', 'node:'],
  ],
};
for (const component of [
  'kubectl',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'coredns',
  'calico',
]) {
  table[`simulator/${component}`] = [['base', 'api', 'simulator/trace', 'simulator/kernel', 'simulator/client'], []];
}
table['simulator/kube-scheduler'][0].push('cel');

const rules = Object.entries(table).flatMap(([folder, [folders, packages]]) => [
  {
    name: `${folder} imports only its neighbours`,
    severity: 'error',
    from: { path: inside(folder), pathNot: 'generate[a-z-]*\\.ts$' },
    to: { path: '^src/', pathNot: inside(folder, ...folders) },
  },
  {
    name: `${folder} uses only its packages`,
    severity: 'error',
    from: { path: inside(folder), pathNot: 'generate[a-z-]*\\.ts$' },
    to: {
      dependencyTypesNot: ['local', 'type-only'],
      pathNot: packages.length
        ? `^(src/|${packages.map((p) => (p === 'vscode' ? 'vscode$' : p === 'node:' ? '(node:)?(child_process|fs|path|process|url|util|os|stream|module|v8|vm|worker_threads)' : `node_modules/${p}/`)).join('|')})`
        : '^src/',
    },
  },
]);

module.exports = {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'src never imports test', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
    ...rules,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'browser'],
    },
  },
};
