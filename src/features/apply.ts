// One apply on one cluster: the run, what it says of every object, and the findings at their places.
import { analyze, type AnalyzedRun } from '../analyzer/analyze.ts';
import type { Finding } from '../analyzer/finding.ts';
import type { FieldDocs } from '../api/field-docs.ts';
import type { KubeObject, Node } from '../api/object.ts';
import { finished, never, type Gradual, type IsDue } from '../base/gradual.ts';
import {
  redacted,
  refusalOf,
  Simulation,
  type ClusterState,
  type FileAccess,
  type ImageBehaviours,
  type RunEnd,
  type Trace,
} from '../simulator/index.ts';
import { reachServices } from './reach.ts';
import { withNodes, type Cluster } from './cluster.ts';
import { at, locate, type LocatedFinding } from './locate.ts';
import { outcomesOf, type Outcome } from './outcome.ts';
import {
  accessTo,
  DeclarationIndex,
  inNamespace,
  pathFor,
  sourceFor,
  type Declared,
  type ParsedFile,
} from './sources.ts';
import { siftIgnored } from './ignores.ts';
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
  /** What files describe that are not applied now. */
  readonly elsewhere?: AnalyzedRun['elsewhere'];
  /** Whether the story goes on to how the Services are reached. */
  readonly reach?: boolean;
  /** Only what kubectl and kube-apiserver say: nothing is scheduled or started. */
  readonly only?: 'api' | undefined;
  /** Findings are all that is asked for: the trace may lack what they do not stand on. */
  readonly brief?: boolean;
  /** What `kubectl explain` reads. */
  readonly fieldDocs?: () => FieldDocs | undefined;
}

export interface CommandOutput {
  readonly command: string;
  readonly output: string;
  readonly exitCode: number;
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
  /** What the files say is to be ignored. */
  readonly ignored: readonly LocatedFinding[];
  /** The cluster at the end. */
  readonly state: () => ClusterState;
  /** The objects of a resource (`pods`, `deployments.apps`) at the end. */
  readonly objects: <T extends KubeObject>(resource: string) => readonly T[];
  /** The objects as kubectl sends them, in order; of Secrets without their values. */
  readonly sent: readonly KubeObject[];
  /** The cluster that the run began from: the request's, with the nodes of the applied files. */
  readonly cluster: Cluster;
  /** The state at a virtual time of the run. */
  readonly stateAt: (time: number) => ClusterState;
}

export const isNode = ({ object }: Declared) =>
  object.kind === 'Node' && object.apiVersion === 'v1' && refusalOf(object) === undefined;

/** Applies files as `kubectl apply -f` would. Nodes among them join the cluster first, because nobody applies nodes. */
export function applyFiles(request: ApplyRequest): Applied {
  return finished(applyGradually(request, never));
}

/** What an apply will be told of: for whoever asks for nothing else. */
export function findingsOf(request: ApplyRequest): readonly LocatedFinding[] {
  const run = finished(runGradually(request, never));
  return judged(run, request).findings;
}

/** The same as `applyFiles`, with pauses. */
export function* applyGradually(request: ApplyRequest, isDue: IsDue): Gradual<Applied> {
  const run = yield* runGradually(request, isDue);
  const { simulation, begin, end, cluster, applied, apply, access } = run;
  if (request.reach) reachServices(simulation, applied);
  const { findings, ignored } = judged(run, request);
  return {
    trace: simulation.trace,
    end,
    begin,
    cluster,
    sent: applied.map(redacted),
    stateAt: (time) => simulation.stateAt(time),
    apply,
    then: (request.then ?? []).map((command) => {
      const { exitCode, output } = simulation.look(command.split(/\s+/).filter(Boolean), access);
      return { command, output, exitCode };
    }),
    outcomes: outcomesOf(applied, simulation),
    objects: (resource) => simulation.objects(resource),
    state: () => simulation.state(),
    findings,
    ignored,
  };
}

/** An apply that has come to its end. */
interface Run extends Pick<Applied, 'begin' | 'end' | 'cluster' | 'apply'> {
  readonly simulation: Simulation;
  readonly access: FileAccess;
  /** The objects as kubectl sends them. */
  readonly applied: readonly KubeObject[];
}

function* runGradually(request: ApplyRequest, isDue: IsDue): Gradual<Run> {
  const { files, namespace = 'default', only, brief } = request;
  const declared = files.flatMap((file) => file.declared);
  const nodes = declared.filter(isNode).map(({ object }) => object);
  const cluster = withNodes(request.cluster, nodes, request.preset);
  const { images = cluster.images, fieldDocs } = request;
  const simulation = new Simulation(cluster.state, { seed: 1, images, only, brief, fieldDocs });
  const begin = simulation.kernel.now;
  const access = accessTo(files, isNode);
  const args = ['apply', ...(namespace === 'default' ? [] : ['-n', namespace]), ...fileArguments(files)];
  const { output, exitCode } = isAnythingApplied(files)
    ? yield* simulation.kubectlGradually(args, access, isDue)
    : nothing;
  const end = yield* simulation.settleGradually(isDue);
  const applied = declared.filter((one) => !isNode(one)).map(({ object }) => inNamespace(object, namespace));
  return { simulation, access, begin, end, cluster, applied, apply: { command: args.join(' '), output, exitCode } };
}

/** What is to be said of a run. */
function judged({ simulation, end, cluster, applied }: Run, request: ApplyRequest) {
  const { files, namespace, only, elsewhere } = request;
  const findings = analyze({
    trace: simulation.trace,
    end,
    applied,
    only,
    nodes: simulation.objects<Node>('nodes'),
    cluster: {
      objects: (resource) => simulation.objects(resource),
      mayOmit: (resource) => cluster.omits.includes(resource),
    },
    elsewhere,
  });
  return sifted([...unreadable(files), ...located(findings, files, namespace, cluster)], files);
}

const nothing = { exitCode: 0, output: '' };

const fileArguments = (files: readonly ParsedFile[]) =>
  files.flatMap(({ name, isKustomized }) => [isKustomized ? '-k' : '-f', pathFor(name)]);

/** Nodes join the cluster and templates are left alone; where there is nothing else, there is nothing to apply. */
function isAnythingApplied(files: readonly ParsedFile[]): boolean {
  const leftAlone = (file: ParsedFile) =>
    file.manifest.documents.some(({ isTemplate }) => isTemplate) || file.declared.some(isNode);
  return files.some((file) => hasErrors(file) || file.declared.some((one) => !isNode(one)) || !leftAlone(file));
}

const hasErrors = ({ manifest }: ParsedFile) =>
  manifest.documents.some((document) => !document.isTemplate && document.errors.length > 0);

function located(
  findings: readonly Finding[],
  files: readonly ParsedFile[],
  namespace: string | undefined,
  cluster: Cluster,
): LocatedFinding[] {
  if (findings.length === 0) return [];
  const index = new DeclarationIndex(files, namespace);
  return findings.flatMap((finding) => {
    const declared = index.find(finding.subject);
    const isAssumed = finding.dependsOn && cluster.assumed.includes(finding.dependsOn);
    const shown = isAssumed ? assumedVerdict(finding, cluster.name) : finding;
    if (declared) return [locate(shown, declared)];
    // what is about no object that is written here stands at the beginning of its file
    const file = files.find(({ name }) => sourceFor(name) === finding.source) ?? files[0];
    return file ? [at(shown, file, { start: 0, end: 0 })] : [];
  });
}

/** What is to be shown of findings, as they stand in the files, and what is to be ignored. */
export function sifted(
  findings: readonly LocatedFinding[],
  files: readonly ParsedFile[],
): Pick<Applied, 'findings' | 'ignored'> {
  const { shown, ignored } = siftIgnored(findings, files);
  return { findings: inOrder(shown, files), ignored };
}

/** As they stand in the files. */
function inOrder(findings: readonly LocatedFinding[], files: readonly ParsedFile[]): LocatedFinding[] {
  if (findings.length < 2) return [...findings];
  const ranks = new Map(files.map(({ name }, rank) => [name, rank]));
  const rank = ({ file }: LocatedFinding) => ranks.get(file) ?? files.length;
  return [...findings].sort((a, b) => rank(a) - rank(b) || a.start - b.start);
}

/** A verdict that hangs on a cluster nobody chose says so, and only warns. */
function assumedVerdict(finding: Finding, name: string): Finding {
  return {
    ...finding,
    severity: finding.severity === 'error' ? 'warning' : finding.severity,
    explanation: `${finding.explanation} (assumed cluster: ${name})`,
  };
}
