// The command line, read into a request. What is wrong with it is said with the way out.
import { parseArgs } from 'node:util';

export interface SimulateRequest {
  readonly command: 'simulate';
  readonly files: readonly string[];
  /** The folder of a kustomization, in the place of files. */
  readonly kustomization: string | undefined;
  readonly recursive: boolean;
  readonly clusters: readonly string[];
  readonly images: string | undefined;
  readonly namespace: string | undefined;
  readonly then: readonly string[];
  readonly depth: 'story' | 'flow' | 'wire';
  readonly output: 'text' | 'json' | 'mermaid' | 'markdown';
}

export interface CheckRequest {
  readonly command: 'check';
  readonly files: readonly string[];
  /** The folder of a kustomization, in the place of files. */
  readonly kustomization: string | undefined;
  readonly recursive: boolean;
  readonly clusters: readonly string[];
  readonly images: string | undefined;
  readonly namespace: string | undefined;
  readonly together: boolean;
  readonly only: 'api' | undefined;
  readonly strict: boolean;
  readonly output: 'text' | 'json';
}

export type Request =
  | SimulateRequest
  | CheckRequest
  | { readonly command: 'help'; readonly topic: string }
  | { readonly command: 'version' }
  | { readonly command: 'wrong'; readonly message: string };

const none: string[] = [];

/** Options of every command. */
const shared = {
  filename: { type: 'string', short: 'f', multiple: true, default: none },
  kustomize: { type: 'string', short: 'k' },
  recursive: { type: 'boolean', short: 'R', default: false },
  cluster: { type: 'string', multiple: true, default: none },
  images: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  output: { type: 'string', short: 'o', default: 'text' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const commands = ['simulate', 'check'];

/** Reads the arguments after `applyscope`. */
export function readArguments(argv: readonly string[]): Request {
  const [command = 'help', ...rest] = argv;
  if (command === '--version' || command === '-V' || command === 'version') return { command: 'version' };
  if (command === 'help' || command === '--help' || command === '-h') return { command: 'help', topic: rest[0] ?? '' };
  try {
    if (command === 'simulate') return simulateRequest(rest);
    if (command === 'check') return checkRequest(rest);
  } catch (error) {
    // node:util explains well what it does not know; its advice on "--" is not for our readers
    const message = error instanceof Error ? error.message.split('. To specify')[0] : String(error);
    return wrong(`${message}. See: applyscope ${command} --help`);
  }
  return wrong(`there is no command "${command}": use one of ${commands.join(', ')}. See: applyscope --help`);
}

const wrong = (message: string): Request => ({ command: 'wrong', message });

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T | Request {
  return (
    allowed.find((candidate) => candidate === value) ?? wrong(`${option} ${value}: use one of ${allowed.join(', ')}`)
  );
}

const filesOrFolder = 'only one of -f and -k can be given: a kustomization says itself which files it takes';

function simulateRequest(args: readonly string[]): Request {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...shared,
      then: { type: 'string', multiple: true, default: none },
      depth: { type: 'string', default: 'story' },
    },
  });
  if (values.help) return { command: 'help', topic: 'simulate' };
  const output = oneOf('-o', values.output, ['text', 'json', 'mermaid', 'markdown']);
  const depth = oneOf('--depth', values.depth, ['story', 'flow', 'wire']);
  if (typeof output === 'object') return output;
  if (typeof depth === 'object') return depth;
  const files = [...values.filename, ...positionals];
  const { kustomize: kustomization } = values;
  if (kustomization !== undefined && files.length > 0) return wrong(filesOrFolder);
  if (files.length === 0 && kustomization === undefined)
    return wrong('simulate needs a manifest: applyscope simulate -f FILE, -k DIR, or -f - for standard input');
  const { recursive, cluster: clusters, images, namespace, then } = values;
  return { command: 'simulate', files, kustomization, recursive, clusters, images, namespace, then, depth, output };
}

function checkRequest(args: readonly string[]): Request {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...shared,
      together: { type: 'boolean', default: false },
      only: { type: 'string' },
      strict: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { command: 'help', topic: 'check' };
  const output = oneOf('-o', values.output, ['text', 'json']);
  const only = values.only === undefined ? undefined : oneOf('--only', values.only, ['api']);
  if (typeof output === 'object') return output;
  if (typeof only === 'object') return only;
  const files = [...values.filename, ...positionals];
  const { kustomize: kustomization } = values;
  if (kustomization !== undefined && files.length > 0) return wrong(filesOrFolder);
  if (files.length === 0 && kustomization === undefined)
    return wrong('check needs manifests: applyscope check FILE… or a folder, -k DIR, or - for standard input');
  const { cluster: clusters, images, namespace, together, strict } = values;
  // A folder given to check is looked through to its end: a repository's manifests lie in subfolders.
  return {
    command: 'check',
    files,
    kustomization,
    recursive: true,
    clusters,
    images,
    namespace,
    together,
    only,
    strict,
    output,
  };
}
