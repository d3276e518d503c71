// Runs of kubectl commands on a simulated cluster, and what they asked of the server.
import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/api/object.ts';
import { accessTo, parseSource } from '../../../src/features/sources.ts';
import { convergeCluster, Simulation, type FileAccess } from '../../../src/simulator/index.ts';

const namespace = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const node = (name: string): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: { podCIDR: '10.244.0.0/24' },
    status: { capacity: { cpu: '4', memory: '8Gi', pods: '110', 'ephemeral-storage': '40Gi' } },
  }) as KubeObject;

export const fresh = convergeCluster([namespace('default'), namespace('kube-system'), namespace('shop')]);
export const withNode = convergeCluster([namespace('default'), namespace('kube-node-lease'), node('node1')]);
export const withTwoNodes = convergeCluster([
  namespace('default'),
  namespace('kube-node-lease'),
  node('node1'),
  node('node2'),
]);

export const pod =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: app\n    image: nginx\n';
export const configMap = (name: string, mode = 'a') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  mode: ${mode}\n`;

/** Files as a folder that commands run in. */
export function folder(files: Readonly<Record<string, string>>): FileAccess {
  const sources = Object.entries(files).map(([name, text]) => parseSource({ name, text }));
  const access = accessTo(sources, () => false);
  const names = Object.keys(files);
  return {
    read: (path) => access.read(path),
    kindOf(path) {
      if (names.includes(path)) return 'file';
      return names.some((name) => name.startsWith(`${path}/`)) ? 'folder' : undefined;
    },
    list: (path) => [
      ...new Set(
        names
          .filter((name) => name.startsWith(`${path}/`))
          .map((name) => name.slice(path.length + 1).replace(/\/.*/, '')),
      ),
    ],
  };
}

export type Step = [command: string, output: string, exitCode?: number];

export function runs(files: Readonly<Record<string, string>>, steps: readonly Step[], cluster = fresh): Simulation {
  const simulation = new Simulation(cluster);
  for (const [command, output, exitCode = 0] of steps) {
    const result = simulation.kubectl(command.split(' '), folder(files));
    assert.equal(result.output, output, command);
    assert.equal(result.exitCode, exitCode, command);
    simulation.settle();
  }
  return simulation;
}

/** What kubectl asked the server, one request a line. */
export function wire(simulation: Simulation): string[] {
  return simulation.trace.flatMap((entry) => {
    if (entry.type !== 'request' || entry.from !== 'kubectl') return [];
    const { verb, target, query } = entry;
    if (target.uri !== undefined) return [`${verb} ${target.uri}`];
    const name = target.name ? `/${target.name}` : '';
    const subresource = target.subresource ? `/${target.subresource}` : '';
    return [`${verb} ${target.resource}${name}${subresource}${query ? `?${query}` : ''}`];
  });
}
