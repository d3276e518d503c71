// What is said above every workload of a file: how it stands in the end, and in a few words why.
import type { ObjectRef } from '../api/object.ts';
import { templatePathOf } from '../analyzer/template-paths.ts';
import { nodeAt, type TextRange } from '../manifest/index.ts';
import { outcomeKey, type Told } from './live-apply.ts';
import { inNamespace, type ParsedFile } from './sources.ts';
import { refOf } from '../api/object.ts';
import type { LocatedFinding } from './locate.ts';

export interface WorkloadVerdict {
  readonly object: ObjectRef;
  /** The first line of the object. */
  readonly range: TextRange;
  /** `Running on worker-2`, `Pending: 0/3 nodes are available`; undefined where nothing came of it yet. */
  readonly says: string | undefined;
  /** The step that decided it, if something is wrong. */
  readonly seq?: number;
}

/** The Pods, and what makes Pods, of a file. */
export function verdictsIn(file: ParsedFile, told: Told): WorkloadVerdict[] {
  const namespace = told.request.namespace ?? 'default';
  return file.declared.flatMap(({ object, document, prefix }) => {
    if (object.kind !== 'Pod' && templatePathOf(object.kind) === undefined) return [];
    const ref = refOf(inNamespace(object, namespace));
    const node = nodeAt(document, prefix);
    const start = document.start + (node?.start ?? 0);
    const seq = troubleOf(ref, told)?.steps.at(-1);
    return [
      {
        object: ref,
        range: { start, end: start },
        says: sayingOf(ref, told),
        ...(seq !== undefined && told.isWhole && { seq }),
      },
    ];
  });
}

/** How an applied object stands, in a few words, and why if something is wrong: `Pending: 0/3 nodes are available`. */
export function sayingOf(ref: ObjectRef, told: Told): string | undefined {
  const why = troubleOf(ref, told);
  const says = told.outcomes.get(outcomeKey(ref))?.says;
  return why && says !== undefined ? `${says}: ${clause(why)}` : says;
}

const troubleOf = (ref: ObjectRef, told: Told) =>
  told.findings.find(({ subject, severity }) => severity !== 'info' && outcomeKey(subject) === outcomeKey(ref));

/** As much of the component's sentence as fits above a line: `0/3 nodes are available`. */
function clause({ message }: LocatedFinding): string {
  const [first = ''] = message.split(/(?<=\D): |[.;](?:\s|$)|\n/);
  return first.length > 70 ? `${first.slice(0, 69)}…` : first;
}
