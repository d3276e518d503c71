// What there is to say about a place in a manifest: what became of the object, what the scheduler made of it, and which field of which kind it is.
import { linesOf } from '../analyzer/lines.ts';
import { finalObjects } from '../analyzer/analyze.ts';
import { attribute } from '../analyzer/subject.ts';
import { refOf, type KubeObject, type ObjectRef } from '../api/object.ts';
import type { TextRange } from '../manifest/index.ts';
import type { NodeVerdict, SchedulingDecision } from '../simulator/trace.ts';
import type { Applied } from './apply.ts';
import { fieldAt, isOf, placing, type FieldAt } from './field-at.ts';
import { outcomeKey, type Told } from './live-apply.ts';
import type { LocatedFinding } from './locate.ts';
import { inNamespace, type Declared, type ParsedFile } from './sources.ts';
import { sayingOf } from './verdicts.ts';

export interface Hover {
  readonly range: TextRange;
  /** The field, names without indexes; of the object that it belongs to. */
  readonly field: { readonly apiVersion: string; readonly kind: string; readonly names: readonly string[] };
  readonly verdict?: HoverVerdict;
}

export interface HoverVerdict {
  readonly object: ObjectRef;
  /** `Running on worker-2`, `Pending: 0/3 nodes are available`. */
  readonly says: string | undefined;
  /** What each node says about the Pod, if the scheduler was asked. */
  readonly nodes: readonly { readonly node: string; readonly says: string; readonly chosen: boolean }[];
  /** The step of the scheduler's decision, or the one that the finding stands on. */
  readonly seq?: number;
}

/** Fields of a Pod that decide where it may run, and what it runs. */
const deciding: ReadonlySet<string> = new Set([...placing, 'image']);

/** Undefined where no field is. */
export function hoverAt(file: ParsedFile, offset: number, told: Told | undefined): Hover | undefined {
  const at = fieldAt(file, offset);
  if (!at) return undefined;
  const { declared, names, range } = at;
  const findings = (told?.findings ?? []).filter(
    (one) => one.file === file.name && offset >= one.start && offset <= one.end,
  );
  const verdict = told && isTelling(at, findings) ? verdictOn(declared, told, findings) : undefined;
  return {
    range,
    field: { apiVersion: declared.object.apiVersion, kind: declared.object.kind, names },
    ...(verdict && { verdict }),
  };
}

/** On `kind`, on what decides, and on what is flagged. */
const isTelling = (at: FieldAt, findings: readonly LocatedFinding[]): boolean =>
  findings.some(({ subject }) => subject.kind) || at.names.join() === 'kind' || isOf(at, deciding);

function verdictOn({ object }: Declared, told: Told, findings: readonly LocatedFinding[]): HoverVerdict {
  const ref = refOf(inNamespace(object, told.request.namespace ?? 'default'));
  const last = decisionsOf(told.applied).get(outcomeKey(ref));
  const seq = last?.seq ?? findings.flatMap(({ steps }) => steps).at(-1);
  return {
    object: ref,
    says: sayingOf(ref, told),
    nodes: last ? rowsOf(last.decision) : [],
    ...(seq !== undefined && told.isWhole && { seq }),
  };
}

interface Decided {
  readonly decision: SchedulingDecision;
  readonly seq: number;
}

const decided = new WeakMap<Applied, ReadonlyMap<string, Decided>>();

/** By applied object, the last decision about a Pod that stems from it; one that failed before any other. */
function decisionsOf(applied: Applied): ReadonlyMap<string, Decided> {
  const known = decided.get(applied);
  if (known) return known;
  const { trace, sent } = applied;
  const final = finalObjects(trace);
  const decisions = new Map<string, Decided>();
  for (const { seq, subject, decision } of linesOf(trace, 'decision')) {
    if (decision.type !== 'scheduling') continue;
    const pod: KubeObject | undefined = final.get(outcomeKey(subject));
    const key = outcomeKey(pod ? attribute(pod, { applied: sent, final }).subject : subject);
    const before = decisions.get(key)?.decision;
    if (!before || decision.result !== 'scheduled' || before.result === 'scheduled') {
      decisions.set(key, { decision, seq });
    }
  }
  decided.set(applied, decisions);
  return decisions;
}

function rowsOf({ nodes, node: chosen }: SchedulingDecision): HoverVerdict['nodes'] {
  return Object.entries(nodes).map(([node, verdict]) => ({
    node,
    chosen: node === chosen,
    says: verdict.first ? refusalText(verdict) : verdict.total === undefined ? 'fits' : `fits, score ${verdict.total}`,
  }));
}

/** The first reason, as the scheduler reports it, and those that would come next once it is solved. */
function refusalText({ first, all }: NodeVerdict): string {
  const reasons = first?.reasons ?? [];
  const hidden = all.filter(({ plugin }) => plugin !== first?.plugin).flatMap((status) => status.reasons);
  const own = reasons.length ? reasons.join(', ') : 'not among the nodes that may be asked';
  return hidden.length ? `${own}; then: ${[...new Set(hidden)].join(', ')}` : own;
}
