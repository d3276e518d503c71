// The proof of a change: everything is run again with it, the finding is gone, and nothing as bad has come in its place.
import type { Finding, Severity } from '../../analyzer/finding.ts';
import { finalKey } from '../../analyzer/subject.ts';
import { loadObjects } from '../../simulator/index.ts';
import { applyFiles, type Applied, type ApplyRequest } from '../apply.ts';
import type { Cluster } from '../cluster.ts';
import type { Change, ClusterChange } from './change.ts';
import { editFiles } from './edit-files.ts';
import type { Fix } from './fix.ts';
import { outcomeText } from './outcome-text.ts';
import type { FixContext } from './proposer.ts';

/** The fix that a change is, if a run shows that it is one. Costs a run. */
export function prove({ request, applied, finding }: FixContext, change: Change): Fix | undefined {
  const edited = editFiles(request.files, change.edits);
  if (!edited) return undefined;
  const cluster = change.cluster ? changedCluster(request.cluster, change.cluster) : request.cluster;
  const rerun = run({ ...request, cluster, files: edited.files });
  if (!isBetter(applied.findings, rerun.findings, finding)) return undefined;
  const { id, title, cost, risk, isSafe = false } = change;
  return {
    ...{ id, title, cost, risk, isSafe, finding: finding.id, edits: edited.edits },
    target: change.cluster ? 'cluster' : 'manifest',
    ...(change.cluster && { command: change.cluster.command }),
    outcome: outcomeText(rerun, finding.subject),
  };
}

/** A run of which only the findings are wanted, and how things stand at the end. */
export function run({ then: _then, reach: _reach, ...request }: ApplyRequest): Applied {
  return applyFiles(request);
}

function changedCluster(cluster: Cluster, { objects }: ClusterChange): Cluster {
  const keys = new Map(
    objects.map((object) => [finalKey({ kind: object.kind, name: object.metadata.name ?? '' }), object]),
  );
  const { name, images, assumed, state } = cluster;
  return {
    ...{ name, images, assumed, state: loadObjects(state, objects) },
    objects: cluster.objects.map(
      (object) => keys.get(finalKey({ kind: object.kind, name: object.metadata.name ?? '' })) ?? object,
    ),
  };
}

/** Whether a finding is gone, and of every other that is as bad there are no more than before. */
function isBetter(before: readonly Finding[], after: readonly Finding[], mended: Finding): boolean {
  const counts = countsOf(before);
  const own = sign(mended);
  counts.set(own, (counts.get(own) ?? 1) - 1);
  for (const finding of after) {
    const key = sign(finding);
    const left = (counts.get(key) ?? 0) - 1;
    counts.set(key, left);
    if (left < 0 && (rank[finding.severity] >= rank[mended.severity] || leavesOpen(finding, mended))) return false;
  }
  return true;
}

const rank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Of an object of which nothing more is known, nothing is proved. */
const leavesOpen = ({ id, subject }: Finding, mended: Finding) =>
  id === 'unknown' && finalKey(subject) === finalKey(mended.subject);

function countsOf(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(sign(finding), (counts.get(sign(finding)) ?? 0) + 1);
  return counts;
}

/** The same for the same finding, even if the items of a list before it have become more or fewer. */
function sign({ id, subject, field, message }: Finding): string {
  return [id, finalKey(subject), field.path, message].join('\n').replace(/\[\d+\]/g, '[]');
}
