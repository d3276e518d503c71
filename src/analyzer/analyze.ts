// Trace to findings: every rule looks at the run, and what the same object says twice is said once.
import { linesOf } from './lines.ts';
import type { KubeObject, Node } from '../api/object.ts';
import { refOf } from '../api/object.ts';
import type { RunEnd, Trace } from '../simulator/index.ts';
import { customKindsOf } from './custom-kinds.ts';
import { warningsOf } from './events.ts';
import type { Evidence, Finding } from './finding.ts';
import { orLeftOpen } from './left-open.ts';
import { describedPodOf, PodTemplates } from './pod-templates.ts';
import { rules, rulesOfTheApi } from './registry.ts';
import { finalKey } from './subject.ts';

export interface AnalyzedRun {
  /** The run was of the API alone: nothing could come of what was applied. */
  readonly only?: 'api' | undefined;
  readonly trace: Trace;
  readonly end: RunEnd;
  readonly applied: readonly KubeObject[];
  readonly nodes: readonly Node[];
  /** What other files describe and this run does not bring. */
  readonly elsewhere?: Elsewhere | undefined;
  readonly cluster: Evidence['cluster'];
}

export interface Elsewhere {
  readonly templates: PodTemplates;
  readonly customKinds: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

/** The findings of a run, in the order of the steps they stand on. */
export function analyze({ trace, end, applied, nodes, cluster, elsewhere, only }: AnalyzedRun): Finding[] {
  const templates = elsewhere ? new PodTemplates(elsewhere.templates) : new PodTemplates();
  for (const object of applied) {
    const pod = describedPodOf(object);
    if (pod) templates.add(pod);
  }
  const own = customKindsOf(applied);
  const others = elsewhere?.customKinds ?? new Set();
  const customKinds = own.length > 0 ? new Set([...others, ...own]) : others;
  const evidence: Evidence = {
    trace,
    end,
    applied,
    nodes,
    cluster,
    final: finalObjects(trace),
    warnings: warningsOf(trace),
    templates,
    customKinds,
    services: elsewhere?.services ?? new Set(),
  };
  const found: Finding[] = [];
  for (const rule of only ? rulesOfTheApi : rules) {
    for (const one of rule.find(evidence)) found.push(orLeftOpen(one, cluster));
  }
  if (found.length < 2) return found;
  const seen = new Set<string>();
  return found
    .filter((finding) => {
      const key = [finding.id, finalKey(finding.subject), finding.field.path, finding.message].join('\n');
      return seen.size < seen.add(key).size;
    })
    .sort((a, b) => (a.steps[0] ?? 0) - (b.steps[0] ?? 0));
}

/** Every object that the run wrote, as it is at the end. */
export function finalObjects(trace: Trace): Map<string, KubeObject> {
  const stored = new Map<string, KubeObject>();
  for (const { change, key, object } of linesOf(trace, 'store')) {
    if (change === 'DELETED') stored.delete(key);
    else stored.set(key, object);
  }
  return new Map(Array.from(stored.values(), (object) => [finalKey(refOf(object)), object]));
}
