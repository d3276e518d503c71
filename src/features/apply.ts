// One apply on one cluster: the run, what it says of every object, and the findings at their places.
import { analyze } from '../analyzer/analyze.ts';
import type { Finding } from '../analyzer/finding.ts';
import type { KubeObject, Node } from '../api/object.ts';
import { refOf } from '../api/object.ts';
import { resourceOfKind, qualifiedName } from '../api/resources.ts';
import { Simulation, type ImageBehaviours, type RunEnd, type Trace } from '../simulator/index.ts';
import { reachServices } from './reach.ts';
import { withNodes, type Cluster } from './cluster.ts';
import { at, locate, type LocatedFinding } from './locate.ts';
import { accessTo, DeclarationIndex, type Declared, type ParsedFile } from './sources.ts';
import { unreadable } from './unreadable.ts';

export interface ApplyRequest {
  readonly files: readonly ParsedFile[];
  readonly cluster: Cluster;
  /** Whether the cluster is a preset, whose nodes give way to applied ones. */
  readonly preset: boolean;
  readonly namespace?: string;
  readonly images?: ImageBehaviours;
  /** kubectl commands whose output is wanted afterwards: `get pods -o wide`. */
  readonly then?: readonly string[];
  /** Whether the story goes on to how the Services are reached. */
  readonly reach?: boolean;
}

export interface CommandOutput {
  readonly command: string;
  readonly output: string;
  readonly exitCode: number;
}

/** How an object stands at the end. */
export interface Outcome {
  readonly object: KubeObject;
  /** `Running on worker-1`, `Pending`, `3/3 ready`; undefined for kinds that only exist. */
  readonly says: string | undefined;
}

export interface Applied {
  readonly trace: Trace;
  readonly end: RunEnd;
  /** Virtual milliseconds at which the apply began; the trace's times count on from the cluster's. */
  readonly begin: number;
  readonly apply: CommandOutput;
  readonly then: readonly CommandOutput[];
  readonly outcomes: readonly Outcome[];
  readonly findings: readonly LocatedFinding[];
}

const isNode = ({ object }: Declared) => object.kind === 'Node' && object.apiVersion === 'v1';

/** Applies files as `kubectl apply -f` would. Nodes among them join the cluster first, because nobody applies nodes. */
export function applyFiles(request: ApplyRequest): Applied {
  const { files, namespace = 'default', then = [] } = request;
  const declared = files.flatMap((file) => file.declared);
  const nodes = declared.filter(isNode).map(({ object }) => object);
  const cluster = withNodes(request.cluster, nodes, request.preset);
  const simulation = new Simulation(cluster.state, { seed: 1, images: request.images ?? cluster.images });
  const begin = simulation.kernel.now;
  const access = accessTo(files, isNode);
  const args = [
    'apply',
    ...(namespace === 'default' ? [] : ['-n', namespace]),
    ...files.flatMap(({ name }) => ['-f', name]),
  ];
  const hasObjects = declared.some((one) => !isNode(one)) || files.some(hasErrors);
  const run = hasObjects ? simulation.kubectl(args, access) : { exitCode: 0, output: '' };
  const end = simulation.settle();
  const applied = declared.filter((one) => !isNode(one));
  if (request.reach)
    reachServices(
      simulation,
      applied.map(({ object }) => object),
    );
  const findings = analyze({
    trace: simulation.trace,
    end,
    applied: applied.map(({ object }) => object),
    nodes: simulation.objects<Node>('nodes'),
  });
  const index = new DeclarationIndex(files, namespace);
  return {
    ...{ trace: simulation.trace, end, begin },
    apply: { command: args.join(' '), output: run.output, exitCode: run.exitCode },
    then: then.map((command) => {
      const { exitCode, output } = simulation.look(command.split(/\s+/).filter(Boolean), access);
      return { command, output, exitCode };
    }),
    outcomes: applied.map(({ object }) => outcomeOf(object, namespace, simulation)),
    findings: [...unreadable(files), ...located(findings, index, files, cluster)],
  };
}

const hasErrors = ({ manifest }: ParsedFile) =>
  manifest.documents.some((document) => !document.isTemplate && document.errors.length > 0);

function located(
  findings: readonly Finding[],
  index: DeclarationIndex,
  files: readonly ParsedFile[],
  cluster: Cluster,
): LocatedFinding[] {
  return findings.flatMap((finding) => {
    const declared = index.find(finding.subject);
    const shown = cluster.assumed && finding.dependsOnCluster ? assumedVerdict(finding, cluster.name) : finding;
    if (declared) return [locate(shown, declared)];
    // what is about an object that is written in none of the files stands at the beginning of the first
    const [first] = files;
    return first ? [at(shown, first, { start: 0, end: 0 })] : [];
  });
}

/** A verdict that hangs on a cluster nobody chose says so, and only warns. */
function assumedVerdict(finding: Finding, name: string): Finding {
  return {
    ...finding,
    severity: finding.severity === 'error' ? 'warning' : finding.severity,
    explanation: `${finding.explanation} (On the assumed cluster ${name}; name yours with --cluster.)`,
  };
}

function outcomeOf(given: KubeObject, namespace: string, simulation: Simulation): Outcome {
  const resource = resourceOfKind(given.apiVersion, given.kind);
  const ref = refOf(given);
  const stored = resource
    ? simulation
        .objects(qualifiedName(resource))
        .find(
          ({ metadata }) =>
            metadata.name === ref.name && (!resource.namespaced || metadata.namespace === (ref.namespace ?? namespace)),
        )
    : undefined;
  return { object: stored ?? given, says: stored ? sayOf(stored) : 'not created' };
}

function sayOf(
  object: KubeObject & { status?: Record<string, unknown>; spec?: Record<string, unknown> },
): string | undefined {
  const { status = {}, spec = {} } = object;
  switch (object.kind) {
    case 'Pod':
      return spec.nodeName ? `${String(status.phase)} on ${String(spec.nodeName)}` : String(status.phase);
    case 'Deployment':
    case 'ReplicaSet':
      return `${Number(status.readyReplicas ?? 0)}/${Number(spec.replicas ?? 1)} ready`;
    case 'Service':
      return spec.clusterIP ? `at ${String(spec.clusterIP)}` : undefined;
    default:
      return undefined;
  }
}
