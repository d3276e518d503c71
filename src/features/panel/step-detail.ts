// One step in full: who and why, what was sent and answered, what brought it about and what came of it.
import type { ObjectRef } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import { resourceByQualifiedName } from '../../api/resources.ts';
import { displayName, type Line } from '../../diagram/index.ts';
import { isObject } from '../../base/json.ts';
import type { TraceEntry } from '../../simulator/trace.ts';
import type { Place, StepDetail, StepLink } from '../../protocol/panel.ts';
import type { PanelRun } from './panel-run.ts';
import { sectionsOf } from './step-sections.ts';
import { teachingOf } from './teaching.ts';

/** Undefined for a step that the run does not have. */
export function stepDetail(run: PanelRun, seq: number): StepDetail | undefined {
  const entry = run.entry(seq);
  if (!entry) return undefined;
  const line = run.lines.get(seq);
  const place = placeOf(run, entry);
  return {
    seq,
    heading: line ? headingOf(line) : displayName(entry.from),
    teaching: teachingOf(run, entry),
    sections: sectionsOf(run, entry),
    ...(place && { place }),
    causes: causesOf(run, entry),
    effects: effectsOf(run, entry),
  };
}

function headingOf({ from, to, form, text }: Line): string {
  const route = form === 'note' || from === to ? displayName(from) : `${displayName(from)} → ${displayName(to)}`;
  return `${route}: ${text}`;
}

const mostLinks = 8;

function linkTo(run: PanelRun, seq: number): StepLink[] {
  const line = run.lines.get(seq);
  return line ? [{ seq, text: headingOf(line) }] : [];
}

/** What brought it about, nearest first. */
function causesOf(run: PanelRun, entry: TraceEntry): StepLink[] {
  const links: StepLink[] = [];
  for (let at = entry.cause; at !== undefined && links.length < mostLinks; at = run.entry(at)?.cause) {
    links.push(...linkTo(run, at));
  }
  return links;
}

function effectsOf(run: PanelRun, { seq }: TraceEntry): StepLink[] {
  return run.applied.trace
    .slice(seq + 1)
    .filter(({ cause }) => cause === seq)
    .flatMap((effect) => linkTo(run, effect.seq))
    .slice(0, mostLinks);
}

/** The line of the manifest that it hangs on: of a finding that stands on this step, else of the object it is about. */
function placeOf(run: PanelRun, entry: TraceEntry): Place | undefined {
  const finding = run.applied.findings.find(({ steps }) => steps.includes(entry.seq));
  if (finding) return run.places.ofFinding(finding);
  const subject = subjectOf(run, entry);
  if (!subject) return undefined;
  const object = run.object(subject);
  if (!object) return run.places.ofField(subject);
  const { subject: written, path } = run.attribution(object);
  return run.places.ofField(written, fieldOf(run, entry, written === subject ? (own) => own : path));
}

/** The object that a step is about. */
export function subjectOf(run: PanelRun, entry: TraceEntry): ObjectRef | undefined {
  switch (entry.type) {
    case 'request': {
      const { resource, namespace = '', name } = entry.target;
      const found = resourceByQualifiedName(resource);
      const metadata = isObject(entry.body) && isObject(entry.body.metadata) ? entry.body.metadata : {};
      const shown = name ?? metadata.name;
      if (!found || typeof shown !== 'string') return undefined;
      return { apiVersion: '', kind: found.kind, name: shown, namespace };
    }
    case 'response': {
      const request = run.entry(entry.request);
      return request && subjectOf(run, request);
    }
    case 'store':
    case 'watch':
      return refOf(entry.object);
    case 'command':
    case 'output':
      return undefined;
    case 'action':
      return entry.subject ?? causeSubject(run, entry);
    default:
      return entry.subject;
  }
}

function causeSubject(run: PanelRun, { cause }: TraceEntry): ObjectRef | undefined {
  const entry = cause === undefined ? undefined : run.entry(cause);
  return entry && subjectOf(run, entry);
}

/** The field that a step goes by; empty for the object as a whole. */
function fieldOf(run: PanelRun, entry: TraceEntry, path: (own: string) => string): string {
  if (entry.type === 'decision' && entry.decision.type === 'admission') return entry.decision.changed?.[0] ?? '';
  if (entry.type !== 'action' || !entry.subject) return '';
  const { action } = entry;
  const containers = run.pod(entry.subject)?.spec?.containers ?? [];
  const at = (index: number, field: string) => (index < 0 ? '' : path(`spec.containers[${index}].${field}`));
  if (action.type === 'pull')
    return at(
      containers.findIndex(({ image }) => image === action.image),
      'image',
    );
  if (action.type === 'container')
    return at(
      containers.findIndex(({ name }) => name === action.container),
      'name',
    );
  return '';
}
