// The verdict in one sentence that a tired person understands, with the component's own words and the plain ones below it.
import type { Node } from '../../api/object.ts';
import { objectsAt } from '../../simulator/index.ts';
import type { Banner, ObjectView, Verdict } from '../../protocol/panel.ts';
import type { LocatedFinding } from '../locate.ts';
import { seconds } from './clock.ts';
import type { PanelRun } from './panel-run.ts';

/** From bad to good: the worst of the objects is what the run comes to. */
const worstFirst: readonly Verdict[] = ['refused', 'failing', 'pending', 'unknown', 'running'];

export function bannerOf(run: PanelRun, objects: readonly ObjectView[]): Banner {
  const { cluster, findings } = run.applied;
  const verdict = verdictOf(objects, findings);
  const worst = objects.find((object) => object.verdict === verdict);
  const finding = verdict === 'running' ? undefined : findingFor(worst, findings);
  const place = finding && run.places.ofFinding(finding);
  // the banner says itself that the cluster is assumed
  const explanation = finding?.explanation.replace(` (assumed cluster: ${cluster.name})`, '');
  const others = [...findings].sort(byRank).filter((one) => one !== finding);
  const footnote = verdict === 'running' ? openEnds(objects) : undefined;
  return {
    verdict,
    headline: headlineOf(run, verdict, objects, worst),
    ...(finding && finding.id !== 'template' && { message: finding.message }),
    ...(explanation && { explanation }),
    ...(place && { place }),
    ...(others.length > 0 && { found: counted(findings) }),
    others: others.slice(0, mostListed).map((one) => {
      const where = run.places.ofFinding(one);
      return { severity: one.severity, message: one.message, ...(where && { place: where }) };
    }),
    ...(footnote !== undefined && { footnote }),
    cluster: cluster.name,
    assumed: cluster.assumed.includes('nodes'),
    clusterDetail: clusterDetail(run),
  };
}

/** As many findings as one still reads. */
const mostListed = 50;

const workloads = new Set([
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'ReplicationController',
]);

const isWorkload = ({ kind }: ObjectView) => workloads.has(kind);

function verdictOf(objects: readonly ObjectView[], findings: readonly LocatedFinding[]): Verdict {
  // whether the workloads run is known even where the state of what stands beside them is not
  const judged = objects.some(isWorkload)
    ? objects.filter((object) => isWorkload(object) || object.verdict !== 'unknown')
    : objects;
  const found = worstFirst.find((verdict) => judged.some((object) => object.verdict === verdict));
  if (found !== undefined && found !== 'running') return found;
  // what kubectl cannot even read has no object
  if (findings.some(({ id, severity }) => id === 'yaml' || (severity === 'error' && objects.length === 0)))
    return 'refused';
  return found ?? 'unknown';
}

const ranks = { error: 0, warning: 1, info: 2 } as const;
const byRank = (a: LocatedFinding, b: LocatedFinding) => ranks[a.severity] - ranks[b.severity];

/** `2 errors, 1 note`. */
function counted(findings: readonly LocatedFinding[]): string {
  const names = [
    ['error', 'error'],
    ['warning', 'warning'],
    ['info', 'note'],
  ] as const;
  return names
    .map(([severity, name]) => [findings.filter((one) => one.severity === severity).length, name] as const)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}${count === 1 ? '' : 's'}`)
    .join(', ');
}

/** What is not known of what stands beside the workloads. */
function openEnds(objects: readonly ObjectView[]): string | undefined {
  const [first, ...more] = objects.filter(({ verdict }) => verdict === 'unknown');
  if (!first) return undefined;
  return `Not known: what becomes of ${first.kind} ${first.name}${more.length ? ` and ${more.length} more` : ''}`;
}

/** What is found about the object, the gravest first; without one, the gravest there is. */
function findingFor(object: ObjectView | undefined, findings: readonly LocatedFinding[]): LocatedFinding | undefined {
  const about = findings.filter(({ subject }) => subject.kind === object?.kind && subject.name === object?.name);
  return [...(about.length ? about : findings)].sort(byRank)[0];
}

function headlineOf(
  run: PanelRun,
  verdict: Verdict,
  objects: readonly ObjectView[],
  worst: ObjectView | undefined,
): string {
  if (!worst) return verdict === 'refused' ? 'Nothing is applied' : nothingHeadline(run);
  const name = nameAmong(worst, objects);
  const others = objects.filter((object) => object !== worst);
  const same = others.filter((object) => object.verdict === verdict).length;
  const and = same ? `, and ${same} more` : '';
  switch (verdict) {
    case 'refused':
      return `${name} is refused${and}: nothing of it is stored`;
    case 'failing':
      return `${name} does not run${and}: ${worst.says}`;
    case 'pending':
      return pendingHeadline(run, { ...worst, name }, and);
    case 'unknown':
      return `${name}: unknown${and}`;
    case 'running':
      return runningHeadline(run, objects);
  }
}

function nothingHeadline(run: PanelRun): string {
  const template = run.applied.findings.find(({ id }) => id === 'template');
  return `There is nothing to apply${template ? `: ${template.message}` : ''}`;
}

/** With its kind, where its name alone could mean another object; only workloads run or stay pending. */
function nameAmong(object: ObjectView, objects: readonly ObjectView[]): string {
  const { kind, name, verdict } = object;
  const isOfAny = verdict === 'refused' || verdict === 'unknown';
  const isAmbiguous = objects.some(
    (other) => other.name === name && other.kind !== kind && (isOfAny || isWorkload(other)),
  );
  return isAmbiguous ? `${kind} ${name}` : name;
}

function pendingHeadline(run: PanelRun, { kind, name, says }: ObjectView, and: string): string {
  const unscheduled = run.scheduled().some(({ decision }) => decision.result === 'unschedulable');
  if (kind === 'Pod') return `${name} stays Pending${and}${unscheduled ? ': no node takes it' : ''}`;
  return unscheduled ? `${name} is not up${and}, ${says}: no node takes its Pods` : `${name} is not up${and}: ${says}`;
}

function runningHeadline(run: PanelRun, objects: readonly ObjectView[]): string {
  const after = `${seconds(readyAfter(run))} after apply`;
  const running = objects.filter(isWorkload);
  const [first] = running.length ? running : objects;
  if (!first) return 'There is nothing to apply';
  if (running.length === 0) {
    return objects.length === 1 ? `${first.name} is stored` : `${objects.length} objects are stored`;
  }
  if (running.length > 1) return `${running.length} workloads are up, ${after}`;
  if (first.kind === 'Pod') {
    const node = / on (\S+)/.exec(first.says)?.[1];
    const done = first.says.startsWith('Succeeded') ? 'has done its work' : 'runs';
    return `${first.name} ${done}${node ? ` on ${node}` : ''}, ${after}`;
  }
  return `${first.name} is up, ${first.says}, ${after}`;
}

/** When the last Pod of the run changed; the rest of a run is Events and tidying up. */
function readyAfter(run: PanelRun): number {
  const last = run.applied.trace.findLast((entry) => entry.type === 'store' && entry.object.kind === 'Pod');
  return last ? run.since(last.time) : run.duration;
}

function clusterDetail(run: PanelRun): string {
  const nodes = objectsAt<Node>(run.applied.stateAt(run.applied.begin), 'nodes').length;
  return `${nodes} ${nodes === 1 ? 'node' : 'nodes'}, Kubernetes 1.36`;
}
