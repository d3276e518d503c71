// The scheduler on a large cluster: Pods of one kind, scheduled one after another. The same cluster and Pods as the benchmark of the
// real scheduler that the figures are compared with in the same run, where it can be built or is given (`npm run bench -- --scheduler
// PATH`). Processor time of the whole process.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { KubeObject, Node, Pod, PodSpec } from '../../src/api/object.ts';
import { defaultFramework, evaluatePod, snapshotOf } from '../../src/simulator/kube-scheduler/index.ts';

export const topics = ['plain', 'spread', 'affinity', 'taints'] as const;

export type Topic = (typeof topics)[number];

export interface Load {
  readonly topic: Topic;
  readonly nodes: number;
  /** Pods that run on every node before. */
  readonly existing: number;
  readonly pods: number;
}

const allocatable = { cpu: '32', memory: '128Gi', pods: '110', 'ephemeral-storage': '200Gi' };
const nameOf = (index: number) => `node-${String(index).padStart(5, '0')}`;

function makeNode(index: number, topic: Topic): Node {
  const isTainted = topic === 'taints' && index % 3 !== 0;
  const labels = {
    'kubernetes.io/hostname': nameOf(index),
    'topology.kubernetes.io/zone': `zone-${index % 3}`,
    'topology.kubernetes.io/region': 'r1',
    'kubernetes.io/os': 'linux',
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: nameOf(index), labels },
    spec: isTainted ? { taints: [{ key: 'dedicated', value: `team-${index % 3}`, effect: 'NoSchedule' }] } : {},
    status: { capacity: allocatable, allocatable },
  };
}

const labelSelector = { matchLabels: { app: 'web' } };

const wishes: Readonly<Record<Topic, Partial<PodSpec>>> = {
  plain: {},
  spread: {
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector },
      { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
    ],
  },
  affinity: {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector }],
      },
    },
  },
  taints: { tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'team-1', effect: 'NoSchedule' }] },
};

function makePod(name: string, topic: Topic, app: string, nodeName?: string): Pod {
  const requests = { cpu: '100m', memory: '128Mi' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid: name, labels: { app } },
    spec: {
      schedulerName: 'default-scheduler',
      priority: 0,
      containers: [{ name: 'c', image: 'nginx:1.29', resources: { requests } }],
      ...wishes[topic],
      ...(nodeName && { nodeName }),
    },
  };
}

function* clusterOf({ topic, nodes, existing }: Load): Generator<KubeObject> {
  for (let i = 0; i < nodes; i++) {
    yield makeNode(i, topic);
    for (let k = 0; k < existing; k++) yield makePod(`old-${i}-${k}`, 'plain', 'old', nameOf(i));
  }
}

export interface Figures {
  /** Milliseconds of processor time. */
  readonly cpuPerPod: number;
  /** Of one verdict with everything that is told of every node. */
  readonly explained: number;
  /** Resident memory of the process, in megabytes. */
  readonly memory: number;
}

function measure(load: Load): Figures {
  const cache = snapshotOf([...clusterOf(load)]);
  let from = 0;
  const schedule = (count: number, prefix: string) => {
    for (let i = 0; i < count; i++) {
      const pod = makePod(`${prefix}-${i}`, load.topic, 'web');
      const { best, looked = 0 } = evaluatePod(cache, pod, defaultFramework, from);
      from = (from + looked) % load.nodes;
      if (best[0]) cache.assume(pod, best[0]);
    }
  };
  schedule(20, 'warm');
  const before = process.cpuUsage();
  schedule(load.pods, 'new');
  const { user, system } = process.cpuUsage(before);
  const judged = makePod('judged', load.topic, 'web');
  const explained = Array.from({ length: 7 }, () => {
    const begin = performance.now();
    evaluatePod(cache, judged, defaultFramework);
    return performance.now() - begin;
  });
  return {
    cpuPerPod: (user + system) / 1000 / load.pods,
    explained: explained.sort((a, b) => a - b)[3] ?? NaN,
    memory: process.memoryUsage().rss / 2 ** 20,
  };
}

/** The figures of a load, in a process of its own. */
export function schedulingFigures(load: Load): Figures {
  const args = ['--import', './.config/typescript.js', 'test/bench/scheduling.ts', JSON.stringify(load)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Figures;
}

/** The source of the real scheduler's benchmark, where this checkout stands beside it. */
const source = new URL('../../../shared/oracle/', import.meta.url);

/** Builds the benchmark of the real scheduler into a folder; undefined where there is no source of it, or no Go. */
export function builtScheduler(folder: string): string | undefined {
  if (!existsSync(source)) return undefined;
  const { status } = spawnSync('go', ['build', '-o', folder, './cmd/bench-scheduling'], { cwd: source });
  return status === 0 ? path.join(folder, 'bench-scheduling') : undefined;
}

/** Processor milliseconds per Pod of the real scheduler, by its benchmark program. */
export function realFigure(program: string, { topic, nodes, existing, pods }: Load): number {
  const flags = { topic, nodes, existing, pods };
  const args = Object.entries(flags).flatMap(([name, value]) => [`-${name}`, String(value)]);
  const { stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return Number(/cpuPerPod=([\d.]+)ms/.exec(stdout)?.[1] ?? NaN);
}

const [given] = process.argv.slice(2);
if (import.meta.url === `file://${process.argv[1]}` && given) {
  console.log(JSON.stringify(measure(JSON.parse(given) as Load)));
}
