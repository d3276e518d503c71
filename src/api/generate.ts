// `npm run generate`: writes every *.generated.ts of this folder from the reference data, or with --check says which are not current.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateListTypes, type OpenApiDocument } from './generate-list-types.ts';
import { generateResources, type AggregatedDiscovery } from './generate-resources.ts';
import { generateSchema } from './generate-schema.ts';
import { generateTypes, type GoTypes } from './generate-types.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const reference = path.join(here, '../../../shared/reference');

interface Target {
  output: string;
  inputs: string[];
  write: (read: (input: string) => unknown) => string;
}

/** The documents of the groups that are simulated. */
const openApiDocuments = existsSync(path.join(reference, 'openapi-v3'))
  ? readdirSync(path.join(reference, 'openapi-v3'))
      .filter((name) => /^(api|apis__.*)__v[^_]*\.json$/.test(name))
      .sort()
      .map((name) => `openapi-v3/${name}`)
  : [];

const targets: Target[] = [
  {
    output: 'list-types.generated.ts',
    inputs: openApiDocuments,
    write: (read) => generateListTypes(openApiDocuments.map((name) => read(name) as OpenApiDocument)),
  },
  {
    output: 'types.generated.ts',
    inputs: ['go-types.json'],
    write: (read) => generateTypes(read('go-types.json') as GoTypes),
  },
  {
    output: 'schema.generated.ts',
    inputs: ['go-types.json'],
    write: (read) => generateSchema(read('go-types.json') as GoTypes),
  },
  {
    output: 'resources.generated.ts',
    inputs: ['discovery/aggregated-v2/api.json', 'discovery/aggregated-v2/apis.json'],
    write: (read) =>
      generateResources([
        read('discovery/aggregated-v2/api.json') as AggregatedDiscovery,
        read('discovery/aggregated-v2/apis.json') as AggregatedDiscovery,
      ]),
  },
];

const check = process.argv.includes('--check');
const sha = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const hashFile = path.join(here, 'generated.hashes.json');
const known = existsSync(hashFile) ? (JSON.parse(readFileSync(hashFile, 'utf8')) as Record<string, string>) : {};
const hashes: Record<string, string> = {};
let stale = 0;
for (const { output, inputs, write } of targets) {
  const file = path.join(here, output);
  if (!existsSync(reference)) {
    // A plain clone has no reference: the output must still be the one whose hash was noted.
    if (sha(readFileSync(file)) !== known[output]) stale += report(output);
    continue;
  }
  const text = write((input) => JSON.parse(readFileSync(path.join(reference, input), 'utf8')));
  hashes[output] = sha(text);
  for (const input of inputs) hashes[input] = sha(readFileSync(path.join(reference, input)));
  if (!check) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) stale += report(output);
}
if (!check && existsSync(reference)) writeFileSync(hashFile, JSON.stringify(hashes, null, 2) + '\n');
process.exitCode = stale ? 1 : 0;

function report(output: string): number {
  console.error(`src/api/${output} is not current: run npm run generate where the reference data is`);
  return 1;
}
