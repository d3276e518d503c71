// Text in, a run out: applies a manifest on a cluster that is given as text, or on the preset with two workers.
import { readFileSync } from 'node:fs';
import {
  applyFiles,
  loadCluster,
  parseSource,
  type Applied,
  type Cluster,
  type ImageBehaviours,
  type LocatedFinding,
} from '../../src/features/index.ts';

const clusters = new Map<string, Cluster>();

/** A preset by its name, or a cluster from the text of its objects. Loaded once. */
export function clusterFrom(given: string, assumed = false): Cluster {
  const key = `${assumed} ${given}`;
  let cluster = clusters.get(key);
  if (!cluster) {
    const isText = given.includes('\n');
    const text = isText ? given : readFileSync(`media/clusters/${given}.yaml`, 'utf8');
    const name = isText ? 'cluster.yaml' : given;
    const loaded = loadCluster({ name, sources: [{ name, text }], assumed });
    if ('problem' in loaded) throw new Error(loaded.problem);
    clusters.set(key, (cluster = loaded));
  }
  return cluster;
}

export interface Options {
  /** A preset's name, or the text of a cluster file; the preset with two workers unless given. */
  readonly cluster?: string;
  /** The cluster is one that nobody chose. */
  readonly assumed?: boolean;
  readonly images?: ImageBehaviours;
  readonly namespace?: string;
  readonly then?: readonly string[];
  readonly reach?: boolean;
}

/** Applies the text as one file, `app.yaml`. */
export function applyText(text: string, { cluster = 'tutorial', assumed, ...options }: Options = {}): Applied {
  return applyFiles({
    ...options,
    files: [parseSource({ name: 'app.yaml', text })],
    cluster: clusterFrom(cluster, assumed),
    preset: !cluster.includes('\n'),
  });
}

/** The findings of a rule about a text, as rows of severity, id, the text they point at, and the explanation. */
export function found(text: string, ids: readonly string[], options: Options = {}): string[][] {
  const { findings } = applyText(text, options);
  return findings
    .filter(({ id }) => ids.includes(id))
    .map((finding) => [finding.severity, finding.id, pointedAt(finding, text), finding.explanation]);
}

export const pointedAt = ({ start, end }: LocatedFinding, text: string) => text.slice(start, end);

/** A node that takes any Pod, as an item of a cluster's text. */
export function nodeText(name: string, more: { taint?: string; labels?: string; cpu?: string } = {}): string {
  const { taint, labels = '', cpu = '2' } = more;
  const [, key, value, effect] = /^(.+)=(.+):(.+)$/.exec(taint ?? '') ?? [];
  return `---
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {kubernetes.io/hostname: ${name}${labels && `, ${labels}`}}}
spec: {${taint ? `taints: [{key: ${key}, value: ${value}, effect: ${effect}}]` : ''}}
status: {capacity: {cpu: "${cpu}", memory: 4Gi, pods: "110"}}
`;
}
