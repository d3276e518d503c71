// `npm run generate`: writes every generated file from the reference data; with --check says which are not current.
import { spawnSync } from 'node:child_process';
import './install.js';

const programs = [
  'src/api/generate.ts',
  'src/simulator/kube-apiserver/authorization/generate-bootstrap-policy.ts',
  'src/features/generate-field-docs.ts',
  'test/conformance/copy-data.ts',
];
const results = programs.map((program) =>
  spawnSync(process.execPath, ['--import', './.config/typescript.js', program, ...process.argv.slice(2)], {
    stdio: 'inherit',
  }),
);
process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1;
