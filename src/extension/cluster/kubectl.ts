// Runs the user's own kubectl to read objects. Never Secrets: neither asked for, nor kept if they come.
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';

/** What can be imported: resource names, and whether they matter to most manifests. */
export const importableKinds: readonly { readonly resource: string; readonly picked: boolean }[] = [
  { resource: 'nodes', picked: true },
  { resource: 'namespaces', picked: true },
  { resource: 'pods', picked: true },
  { resource: 'priorityclasses', picked: true },
  { resource: 'storageclasses', picked: true },
  { resource: 'runtimeclasses', picked: true },
  { resource: 'serviceaccounts', picked: true },
  { resource: 'resourcequotas', picked: true },
  { resource: 'limitranges', picked: true },
  { resource: 'services', picked: false },
  { resource: 'configmaps', picked: false },
  { resource: 'persistentvolumes', picked: false },
  { resource: 'persistentvolumeclaims', picked: false },
  { resource: 'customresourcedefinitions', picked: false },
];

export interface Kubectl {
  /** The program: a name on the path, or a file. */
  readonly program: string;
  readonly signal: AbortSignal;
}

const seconds = 60;
const megabytes = 256;

/** kubectl's standard output. Rejects with its first error line, and when it takes longer than a minute. */
function run({ program, signal }: Kubectl, args: readonly string[]): Promise<string> {
  // not in the workspace: Windows looks for programs in the current folder first
  const options = { cwd: homedir(), signal, timeout: seconds * 1000, maxBuffer: megabytes << 20, windowsHide: true };
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(reasonOf(error, stderr)));
      else resolve(stdout);
    });
  });
}

function reasonOf(error: Error & { code?: unknown; killed?: boolean }, stderr: string): string {
  if (error.code === 'ENOENT') return 'kubectl was not found: see the setting applyscope.kubectl.path';
  if (error.killed) return `kubectl did not answer within ${seconds} seconds`;
  return stderr.trim().split('\n')[0] || error.message;
}

/** The names of the user's contexts, the current one first. */
export async function contextsOf(kubectl: Kubectl): Promise<string[]> {
  const [all, current] = await Promise.all([
    run(kubectl, ['config', 'get-contexts', '-o', 'name']),
    run(kubectl, ['config', 'current-context']).catch(() => ''),
  ]);
  const names = all.split('\n').filter(Boolean);
  return [...new Set([current.trim(), ...names])].filter((name) => names.includes(name));
}

/** Objects of all namespaces, as kubectl prints them. */
export async function readObjects(kubectl: Kubectl, context: string, resources: readonly string[]): Promise<string> {
  const allowed = resources.filter((resource) => importableKinds.some((kind) => kind.resource === resource));
  const output = await run(kubectl, [
    ...['get', allowed.join(','), '--all-namespaces', '--output=yaml'],
    ...[`--context=${context}`, `--request-timeout=${seconds}s`],
  ]);
  if (/^\s*(- )?kind: Secret$/m.test(output)) throw new Error('kubectl printed Secrets, which are never kept');
  return output;
}
