// The cluster a run starts from: ordinary objects out of files or a preset, brought to rest once and then forked.
import type { Dependency } from '../analyzer/finding.ts';
import type { KubeObject } from '../api/object.ts';
import { qualifiedName, resourceOfKind } from '../api/resources.ts';
import {
  convergeCluster,
  isSchedulerConfiguration,
  refusalOf,
  restoreState,
  type ClusterState,
  type ImageBehaviours,
  type SavedState,
} from '../simulator/index.ts';
import { parseSource, type ParsedFile, type Source } from './sources.ts';

export interface ClusterRequest {
  /** How it is called in messages: a file's name, or a preset's. */
  readonly name: string;
  readonly sources: readonly Source[];
  /** Nobody chose it: verdicts that hang on it are warnings. */
  readonly assumed: boolean;
  readonly images?: ImageBehaviours;
  /** Its state at rest, for sources that are known to be right and have been brought to rest before. */
  readonly settled?: SavedState;
}

export interface Cluster {
  readonly name: string;
  /** What of it nobody chose. */
  readonly assumed: readonly Dependency[];
  readonly objects: readonly KubeObject[];
  readonly images: ImageBehaviours | undefined;
  /** Resources of which it was given none, though the real one may have some. */
  readonly omits: readonly string[];
  /** At rest; computed when first asked for. */
  readonly state: ClusterState;
}

/** A cluster, or one sentence that says why its files are none. */
export function loadCluster(request: ClusterRequest): Cluster | { readonly problem: string } {
  const { name, sources, assumed, images, settled } = request;
  const common = { name, images, assumed: assumed ? (['nodes', 'objects'] as const) : [] };
  // what images do may matter to how a cluster comes to rest
  if (settled && !images) return settledCluster(common, sources, settled);
  const files = sources.map((source) => parseSource(source));
  const problem = files.map(problemOf).find((text) => text !== undefined);
  if (problem !== undefined) return { problem };
  const objects = objectsOf(files);
  const omits = omittedBy(files);
  if (objects.length === 0)
    return { problem: `the cluster ${name} has no objects: give it what "kubectl get nodes -o yaml" prints` };
  return clusterOf({ ...common, objects, omits });
}

const objectsOf = (files: readonly ParsedFile[]) =>
  files.flatMap(({ declared }) => declared.map(({ object }) => object));

/** What manifests refer to without bringing it along. */
const referredTo = [
  ...[
    'secrets',
    'configmaps',
    'services',
    'persistentvolumes',
    'persistentvolumeclaims',
    'serviceaccounts',
    'namespaces',
  ],
  ...['storageclasses.storage.k8s.io', 'ingressclasses.networking.k8s.io'],
  ...['priorityclasses.scheduling.k8s.io', 'runtimeclasses.node.k8s.io'],
];

/**
 * A List is what "kubectl get" printed: resources of which it has nothing were not asked for, as Secrets never are. What somebody
 * wrote down himself is taken for the whole.
 */
function omittedBy(files: readonly ParsedFile[]): readonly string[] {
  const declared = files.flatMap((file) => file.declared);
  if (!declared.some(({ prefix }) => prefix.length > 0)) return [];
  const given = new Set(
    declared.map(({ object: { apiVersion, kind } }) => {
      const resource = resourceOfKind(apiVersion, kind);
      return resource && qualifiedName(resource);
    }),
  );
  return referredTo.filter((resource) => !given.has(resource));
}

/** Its objects are only looked at where something is to change in them. */
function settledCluster(
  common: Omit<Cluster, 'objects' | 'state' | 'omits'>,
  sources: readonly Source[],
  settled: SavedState,
): Cluster {
  let objects: readonly KubeObject[] | undefined;
  return {
    ...common,
    omits: [],
    state: restoreState(settled),
    get objects() {
      return (objects ??= objectsOf(sources.map((source) => parseSource(source))));
    },
  };
}

function problemOf({ name, manifest, declared }: ParsedFile): string | undefined {
  for (const document of manifest.documents) {
    const [error] = document.errors;
    if (error) {
      const { line, column } = manifest.lineIndex.positionAt(document.start + error.start);
      return `the cluster file ${name}:${line + 1}:${column + 1} cannot be read: ${error.message}`;
    }
    if (!document.isEmpty && !document.isKubernetes) {
      return `the cluster file ${name} has a document that is no Kubernetes object (no apiVersion and kind)`;
    }
  }
  for (const { object } of declared) {
    const isNamed = object.metadata.name !== undefined || isSchedulerConfiguration(object);
    const refusal = isNamed ? refusalOf(object) : 'it has no name';
    if (refusal !== undefined) {
      return `the cluster file ${name}: ${[object.kind, object.metadata.name].filter(Boolean).join(' ')} is not what it should be: ${refusal}`;
    }
  }
  return undefined;
}

function clusterOf(parts: Omit<Cluster, 'state'>): Cluster {
  let state: ClusterState | undefined;
  return {
    ...parts,
    get state() {
      return (state ??= convergeCluster(parts.objects, { images: parts.images, omits: parts.omits }));
    },
  };
}

/** The cluster with the nodes of the applied files: in place of its own where it is a preset, added where it is somebody's. */
export function withNodes(cluster: Cluster, nodes: readonly KubeObject[], isPreset: boolean): Cluster {
  if (nodes.length === 0) return cluster;
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  const kept = cluster.objects.filter(
    ({ kind, metadata }) => kind !== 'Node' || (!isPreset && !names.has(metadata.name)),
  );
  // nodes that were written down are not assumed any more
  const assumed = isPreset ? cluster.assumed.filter((part) => part !== 'nodes') : cluster.assumed;
  const { name, images, omits } = cluster;
  return clusterOf({ name, images, omits, assumed, objects: [...kept, ...nodes] });
}
