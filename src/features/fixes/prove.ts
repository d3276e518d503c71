// The proof of a change: everything is run again with it, the finding is gone, and nothing as bad has come in its place.
import type { Finding, Severity } from '../../analyzer/finding.ts';
import { appliedKey, finalKey } from '../../analyzer/subject.ts';
import { loadObjects } from '../../simulator/index.ts';
import type { ObjectRef } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import { applyFiles, type Applied, type ApplyRequest } from '../apply.ts';
import type { Cluster } from '../cluster.ts';
import type { LocatedFinding } from '../locate.ts';
import { inNamespace, type ParsedFile } from '../sources.ts';
import type { Change, ClusterChange } from './change.ts';
import { editFiles } from './edit-files.ts';
import type { Fix } from './fix.ts';
import { outcomeText } from './outcome-text.ts';
import type { FixContext } from './proposer.ts';

/** The fix that a change is, if a run shows that it is one. Costs a run. */
export function prove(context: FixContext, change: Change): Fix | undefined {
  const { request, applied, finding } = context;
  const edited = editFiles(request.files, change.edits);
  if (!edited) return undefined;
  const cluster = change.cluster ? changedCluster(request.cluster, change.cluster) : request.cluster;
  const rerun = run({ ...request, cluster, files: edited.files });
  const fresh = newcomers(applied.findings, rerun.findings, finding);
  const [next] = fresh ?? [];
  if (!fresh || (next && !(change.isCertain && fresh.every((one) => comesLater(one, finding))))) return undefined;
  const { id, title, cost, risk, isSafe = false } = change;
  return {
    id,
    title,
    cost,
    risk,
    isSafe,
    finding: finding.id,
    edits: edited.edits,
    target: change.cluster ? 'cluster' : 'manifest',
    ...(change.cluster?.command && { command: change.cluster.command }),
    outcome: next ? `then: ${next.message}` : outcomeText(rerun, subjectAfter(context, edited.files)),
  };
}

/** The object of the finding, under the name that it has after the change. */
function subjectAfter({ request, declared, finding }: FixContext, files: readonly ParsedFile[]): ObjectRef {
  const file = files.find(({ name }) => name === declared.file.name);
  const object = file?.declared[declared.file.declared.indexOf(declared)]?.object;
  return object ? refOf(inNamespace(object, request.namespace ?? 'default')) : finding.subject;
}

/** A run of which only the findings are wanted, and how things stand at the end. */
export function run({ then: _then, reach: _reach, ...request }: ApplyRequest): Applied {
  return applyFiles({ ...request, brief: true });
}

function changedCluster(cluster: Cluster, { objects }: ClusterChange): Cluster {
  const changed = new Map(objects.map((object) => [appliedKey(object), object]));
  const others = cluster.objects.filter((object) => !changed.has(appliedKey(object)));
  return { ...cluster, state: loadObjects(cluster.state, objects), objects: [...others, ...objects] };
}

/** What came in place of a finding that is gone: findings that were not there before, if they are as bad; undefined if it is still there. */
function newcomers(
  before: readonly LocatedFinding[],
  after: readonly LocatedFinding[],
  mended: LocatedFinding,
): LocatedFinding[] | undefined {
  const counts = countsOf(before);
  const own = sign(mended);
  counts.set(own, (counts.get(own) ?? 1) - 1);
  const fresh: LocatedFinding[] = [];
  for (const finding of after) {
    const key = sign(finding);
    const left = (counts.get(key) ?? 0) - 1;
    counts.set(key, left);
    if (left >= 0) continue;
    if (key === own) return undefined;
    if (rank[finding.severity] >= rank[mended.severity] || leavesOpen(finding, mended)) fresh.push(finding);
  }
  return fresh;
}

const rank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Of a Pod of which nothing more is known, no place is proved. */
const leavesOpen = ({ id, subject }: Finding, mended: Finding) =>
  id === 'unknown' && stageOf(mended) === stages.length && finalKey(subject) === finalKey(mended.subject);

/** Whether a finding is of what an object comes to only without another finding; the decoder stops at the first value of a wrong kind. */
function comesLater(finding: LocatedFinding, other: LocatedFinding): boolean {
  // fields that another version does not know have to be converted with it
  if (other.id === 'unknown-kind' && other.field.path === 'apiVersion' && stageOf(finding) < letIn) return false;
  return stageOf(finding) > stageOf(other) || (finding.id === 'mistyped-field' && other.id === finding.id);
}

/** In the order in which an object comes to them: to be known, to be read, to be let in. All others are about what becomes of it. */
const stages: readonly (readonly string[])[] = [
  ['yaml', 'duplicate-key', 'unknown-kind', 'kubectl'],
  // Go's decoder stops at a value of a wrong kind before it tells of fields that it does not know
  ['mistyped-field'],
  ['unknown-field', 'duplicate-field'],
  ['invalid-field', 'namespace-missing', 'reference-missing', 'forbidden', 'refused'],
];

/** The stage of objects that could be read. */
const letIn = 3;

function stageOf({ id }: Finding): number {
  const stage = stages.findIndex((ids) => ids.includes(id));
  return stage < 0 ? stages.length : stage;
}

function countsOf(findings: readonly LocatedFinding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(sign(finding), (counts.get(sign(finding)) ?? 0) + 1);
  return counts;
}

/** The same for the same finding, even if its object has got another name, and the items of a list before it have become more or fewer. */
function sign({ id, file, subject, field, message }: LocatedFinding): string {
  return [id, file, subject.kind, field.path, message].join('\n').replace(/\[\d+\]/g, '[]');
}
