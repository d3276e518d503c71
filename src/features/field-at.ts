// Which field of which object stands at a place in a manifest, and which findings are about it.
import { templatePathOf } from '../analyzer/template-paths.ts';
import { refOf } from '../api/object.ts';
import { placeAt, type TextRange } from '../manifest/index.ts';
import { outcomeKey, type Told } from './live-apply.ts';
import type { LocatedFinding } from './locate.ts';
import { inNamespace, type Declared, type ParsedFile } from './sources.ts';

export interface FieldAt {
  readonly declared: Declared;
  /** The field's names from its object on, without indexes. */
  readonly names: readonly string[];
  readonly range: TextRange;
}

/** Undefined where no field is. */
export function fieldAt(file: ParsedFile, offset: number): FieldAt | undefined {
  const document = file.manifest.documents.find((one) => offset >= one.start && offset <= one.end);
  const place = document && !document.isTemplate && document.isKubernetes ? placeAt(document, offset) : undefined;
  if (!document || !place) return undefined;
  const declared = file.declared.find(
    (one) => one.document === document && one.prefix.every((part, i) => isSame(part, place.segments[i])),
  );
  if (!declared) return undefined;
  const own = place.segments.slice(declared.prefix.length);
  const names = own.flatMap((segment) =>
    'field' in segment ? [segment.field] : 'key' in segment ? [segment.key] : [],
  );
  return { declared, names, range: place.range };
}

const isSame = (a: object, b: object | undefined) => JSON.stringify(a) === JSON.stringify(b);

/** Fields of a Pod that decide where it may run. */
export const placing: ReadonlySet<string> = new Set([
  ...['nodeSelector', 'affinity', 'tolerations', 'topologySpreadConstraints', 'nodeName', 'schedulerName'],
  ...['priorityClassName', 'schedulingGates', 'resources', 'hostPort'],
]);

/** Whether a field of a Pod, or of the Pods that an object makes, is one of these or stands in one. */
export function isOf({ declared: { object }, names }: FieldAt, fields: ReadonlySet<string>): boolean {
  const path = object.kind === 'Pod' ? 'spec' : `${templatePathOf(object.kind)}.spec`;
  return names.join('.').startsWith(`${path}.`) && names.some((name) => fields.has(name));
}

/** Findings of the scheduler: which field it names of those that decide is its choice, a person may look at another. */
const aboutPlacing = new Set(['unschedulable', 'evicts-pods']);

/**
 * What somebody may mean who asks for help without standing on what is flagged: at `kind` and at the name all that is wrong with the object, at
 * a field that decides where a Pod may run what keeps it from running there.
 */
export function findingsAbout(file: ParsedFile, offset: number, told: Told): LocatedFinding[] {
  const at = fieldAt(file, offset);
  if (!at) return [];
  const means = meantAt(at);
  if (!means) return [];
  const key = outcomeKey(refOf(inNamespace(at.declared.object, told.request.namespace ?? 'default')));
  return told.findings.filter((one) => one.file === file.name && outcomeKey(one.subject) === key && means(one.id));
}

function meantAt(at: FieldAt): ((id: string) => boolean) | undefined {
  const path = at.names.join('.');
  if (path === 'kind' || path === 'metadata.name') return () => true;
  return isOf(at, placing) ? (id) => aboutPlacing.has(id) : undefined;
}
