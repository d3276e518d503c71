// The fixes of a finding: proposed by whoever knows something, proved one by one, the least and mildest change first.
import type { Applied, ApplyRequest } from '../apply.ts';
import type { LocatedFinding } from '../locate.ts';
import { DeclarationIndex } from '../sources.ts';
import type { Change } from './change.ts';
import type { Fix } from './fix.ts';
import { prove, run } from './prove.ts';
import { proposers } from './registry.ts';

export interface FixOptions {
  /** The run that the finding is of; the request is run again without it. */
  readonly applied?: Applied;
  /** How many changes are tried, each by a run; the likeliest first. */
  readonly tries?: number;
  /** How many fixes are wanted. */
  readonly most?: number;
  /** Only those that may be made unseen. */
  readonly onlySafe?: boolean;
}

/** Runs that a finding is worth: on a small cluster they take milliseconds each, on a large one every node starts its programs. */
function defaultTries({ trace, objects }: Applied): number {
  const nodes = objects('nodes').length;
  if (nodes > 1_000 || trace.length > 50_000) return 2;
  return nodes > 100 || trace.length > 5_000 ? 6 : 16;
}

const defaultMost = 6;

/** What would mend a finding of a request's run. Empty, and cheap, where nobody proposes anything. */
export function fixesFor(request: ApplyRequest, finding: LocatedFinding, options: FixOptions = {}): Fix[] {
  const own = proposers.filter(({ findings }) => findings.includes(finding.id));
  const declared = own.length ? declarationOf(request, finding) : undefined;
  if (!declared) return [];
  const { applied = run(request), most = defaultMost, onlySafe } = options;
  const { tries = defaultTries(applied) } = options;
  const context = { request, applied, finding, declared };
  const proposed = own.flatMap((proposer) => proposer.propose(context));
  const changes = proposed.filter(({ isSafe }) => isSafe || !onlySafe).sort(byEase);
  const fixes: Fix[] = [];
  const families = new Set<string>();
  let left = tries;
  for (const change of changes) {
    if (left === 0 || fixes.length === most) break;
    if (change.family !== undefined && families.has(change.family)) continue;
    // what does it alone is not offered once more with something besides
    if (change.parts?.some((part) => fixes.some(({ id }) => id === part))) continue;
    left--;
    const fix = prove(context, change);
    if (!fix) continue;
    fixes.push(fix);
    if (change.family !== undefined) families.add(change.family);
  }
  return fixes;
}

/** The object of a finding; of one that is about a text, the object that is written there. */
function declarationOf({ files, namespace }: ApplyRequest, { subject, file, start }: LocatedFinding) {
  if (subject.kind) return new DeclarationIndex(files, namespace).find(subject);
  const written = files.find(({ name }) => name === file)?.declared ?? [];
  return written.find(({ document }) => start >= document.start && start < document.end);
}

const byEase = (a: Change, b: Change) => a.cost + a.risk - (b.cost + b.risk);
