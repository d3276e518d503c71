// What is measured: the engine's main jobs, set up once, run as often as wanted.
import { readFileSync } from 'node:fs';
import type { Node, Pod } from '../../src/api/object.ts';
import {
  applyFiles,
  checkFile,
  loadCluster,
  mermaidReport,
  parseSource,
  Surroundings,
  type Cluster,
} from '../../src/features/index.ts';
import { convergeCluster, noFiles, Simulation, type FileAccess } from '../../src/simulator/index.ts';
import { Etcd } from '../../src/simulator/etcd/etcd.ts';
import { Kernel } from '../../src/simulator/kernel/kernel.ts';
import { Server } from '../../src/simulator/kube-apiserver/server.ts';
import { prepareVerdict } from '../../src/simulator/kube-scheduler/index.ts';

const sample = (name: string) => ({ name, text: readFileSync(`media/samples/${name}`, 'utf8') });

function tutorial(): Cluster {
  const source = { name: 'tutorial', text: readFileSync('media/clusters/tutorial.yaml', 'utf8') };
  const cluster = loadCluster({ name: 'tutorial', sources: [source], assumed: true });
  if ('problem' in cluster) throw new Error(cluster.problem);
  return cluster;
}

/** Parse, simulate, findings and diagram text of the tutorial Pod. */
export function tutorialRun(): () => void {
  const cluster = tutorial();
  const source = sample('pod.yaml');
  return () => {
    const applied = applyFiles({ files: [parseSource(source)], cluster, preset: true });
    mermaidReport(applied, 'story');
  };
}

export function checkOnce(): () => void {
  const cluster = tutorial();
  const source = sample('deployment-service.yaml');
  return () => void checkFile(parseSource(source), new Surroundings(), { cluster, preset: true });
}

/** kubectl's create of a Pod: decoded, defaulted, admitted, validated and stored, with its trace. */
export function podCreation(): () => void {
  const { state } = tutorial();
  const server = new Server(new Kernel({ seed: 1, time: state.time }), new Etcd(state.snapshot));
  const client = server.connect('kubectl');
  const [declared] = parseSource(sample('pod.yaml')).declared;
  let count = 0;
  return () => {
    const body = { ...declared?.object, metadata: { name: `bench-${count++}` } };
    const { ok } = client.create({ resource: 'pods', namespace: 'default' }, body, { fieldValidation: 'Strict' });
    if (!ok) throw new Error('the Pod was refused');
  };
}

const capacity = { cpu: '32', memory: '64Gi', 'ephemeral-storage': '100Gi', pods: '110' };

function makeNode(index: number): Node {
  const name = `node-${String(index).padStart(4, '0')}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: {
      podCIDR: `10.244.${index % 256}.0/24`,
      ...(index % 3 === 0 && { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] }),
    },
    status: { capacity, allocatable: capacity },
  };
}

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'bench', namespace: 'default', uid: 'bench' },
  spec: {
    containers: [{ name: 'app', image: 'nginx', resources: { requests: { cpu: '100m', memory: '64Mi' } } }],
    schedulerName: 'default-scheduler',
  },
};

/** The scheduler's verdict of one Pod. */
export function verdict(nodes: number): () => void {
  const evaluate = prepareVerdict(Array.from({ length: nodes }, (_, index) => makeNode(index)));
  return () => void evaluate(pod);
}

/** A Deployment of so many replicas, to Running. */
export function replicas(count: number, nodes: number): () => void {
  const roomy = Array.from({ length: nodes }, (_, index) => makeNode(3 * index + 1));
  const empty = parseSource({ name: 'empty', text: readFileSync('media/clusters/empty.yaml', 'utf8') });
  const state = convergeCluster([...empty.declared.map(({ object }) => object), ...roomy]);
  const text = sample('deployment-service.yaml').text.replace('replicas: 3', `replicas: ${count}`);
  const files: FileAccess = {
    ...noFiles,
    kindOf: () => 'file',
    read: () => parseSource({ name: 'web.yaml', text }).declared.map(({ object }) => ({ value: object })),
  };
  return () => {
    const simulation = new Simulation(state);
    simulation.kubectl(['apply', '-f', 'web.yaml'], files);
    simulation.settle();
    const running = simulation.objects<Pod>('pods').filter(({ status }) => status?.phase === 'Running').length;
    if (running !== count) throw new Error(`${running} of ${count} Pods are Running`);
  };
}
