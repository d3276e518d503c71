// Lint: the house rules that a machine can check. The core may not know time, chance or the host it runs in.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const core = ['base', 'api', 'cel', 'manifest', 'simulator', 'analyzer', 'diagram', 'features'].map(
  (f) => `src/${f}/**/*.ts`,
);
const generators = ['src/**/generate*.ts'];

const localeDependent = {
  selector: 'MemberExpression[property.name=/^(localeCompare|toLocaleString|toLocaleLowerCase|toLocaleUpperCase)$/]',
  message: 'Orders and texts must be the same on every machine: see base/order.ts.',
};

/** V8 gives what these make a hidden class of its own each time, in the old generation, and that holds whatever the function sees. */
const heldByItsShape = [
  ':function[generator=true] FunctionExpression[generator=true]',
  'ClassBody FunctionExpression FunctionExpression[generator=true]',
  ':function Property[kind=/get|set/]',
].map((selector) => ({
  selector,
  message:
    'Made in every run, this keeps the whole run alive until the next full garbage collection: use a function of the module, or a class.',
}));

export default tseslint.config(
  {
    ignores: [
      '.config/*.d.ts',
      'dist/',
      'coverage/',
      'node_modules/',
      '.cache/',
      '**/*.generated.*',
      'src/**/*.generated.ts',
    ],
  },
  js.configs.recommended,
  { files: ['**/*.ts'], extends: tseslint.configs.recommendedTypeChecked },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // wrong where it matters most: a KubeObject is assignable to a Pod and back, but has none of its fields
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allow: [{ name: 'FieldPath', from: 'file' }] },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', module: 'writable' } },
  },
  {
    rules: {
      'max-lines': ['error', 400],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
      // readers and printers of text speak of control characters
      'no-control-regex': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: core,
    ignores: generators,
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'Date',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'queueMicrotask',
          'crypto',
          'performance',
          'process',
          'console',
          'fetch',
          'Intl',
        ].map((name) => ({ name, message: 'The core is pure: the kernel owns time, order and chance.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Use the kernel’s seeded Random.' },
      ],
      'no-restricted-syntax': ['error', localeDependent],
    },
  },
  {
    files: ['src/{base,api,manifest,simulator,analyzer,diagram}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', localeDependent, ...heldByItsShape] },
  },
  {
    files: ['test/**/*.ts'],
    // what a recording says is compared as text, whatever it is
    rules: { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/no-base-to-string': 'off' },
  },
);
