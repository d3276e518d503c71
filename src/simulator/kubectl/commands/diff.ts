// `kubectl diff -f`: what an apply would change, by the server's dry run (k8s.io/kubectl/pkg/cmd/diff/diff.go).
import type { KubeObject } from '../../../api/object.ts';
import { withoutLastApplied } from '../apply/last-applied.ts';
import { patchFor } from '../apply/patcher.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import type { Command, Outcome } from '../command.ts';
import { failureText, statusFailure, textFailure, unknownFailure, type Failure } from '../failure.ts';
import { infosOf, type Info } from '../manifests/infos.ts';
import { isFailure } from '../named-objects.ts';
import { printable } from '../printing/json.ts';
import { unifiedDiff } from '../printing/text-diff.ts';
import { printYaml } from '../printing/yaml.ts';
import type { Session, Steps } from '../session.ts';
import { fileFlags, missingFiles, requestOf } from '../shared-flags.ts';

/** A file of the two folders that are compared. */
interface Compared {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export const diff: Command = {
  flags: { ...commonFlags, ...fileFlags },
  *run(session, positional, flags) {
    const [first] = positional;
    if (first !== undefined) return unknownFailure(`kubectl diff ${first}`);
    const problem = missingFiles(flags);
    if (problem) return told(session, problem);
    const files = yield* compare(session, flags);
    return 'type' in files ? told(session, files) : printDifferences(session, files);
  },
};

/** What goes wrong first ends it. */
function* compare(session: Session, flags: Flags): Steps<readonly Compared[] | Failure> {
  const { order } = yield* infosOf(session, requestOf(flags, false));
  const files: Compared[] = [];
  for (const info of order) {
    const result = isFailure(info) ? info : yield* compareObject(session, info);
    if ('type' in result) return result;
    files.push(result);
  }
  return files;
}

function* compareObject(session: Session, info: Info): Steps<Compared | Failure> {
  const { resource, namespace = '', name } = info;
  // What a Secret holds is masked, which is not modelled.
  if (resource.plural === 'secrets' && resource.group === '') return unknownFailure('kubectl diff of a Secret');
  const options = { dryRun: true, fieldManager: 'kubectl-client-side-apply', fieldValidation: 'Warn' } as const;
  const live = yield* session.get<KubeObject>(info);
  if (!live.ok && live.code !== 404) return statusFailure(live.status);
  const file = [...(resource.group ? [resource.group] : []), resource.version, resource.kind, namespace, name].join(
    '.',
  );
  const text = (object: KubeObject) => printYaml(printable(object));
  if (!live.ok) {
    const created = yield* session.create<KubeObject>(resource, info.namespace, info.object, options);
    return created.ok ? { name: file, before: '', after: text(created.object) } : statusFailure(created.status);
  }
  const patch = patchFor(live.object, withoutLastApplied(info.object));
  if ('error' in patch) return textFailure(patch.error);
  const patched = yield* session.patch<KubeObject>(info, patch.type, patch.value, options);
  if (!patched.ok) return statusFailure(patched.status);
  return { name: file, before: text(live.object), after: text(patched.object) };
}

/** What has gone wrong is told with another exit code than that there are differences. */
function told(session: Session, failure: Failure): Outcome {
  if (failure.type === 'unknown') return failure;
  const unknown = failure.type === 'several' ? failure.failures.find(({ type }) => type === 'unknown') : undefined;
  if (unknown) return unknown;
  session.print('stderr', failureText(failure));
  return { type: 'exit', code: 2 };
}

function printDifferences(session: Session, files: readonly Compared[]): Outcome {
  const time = session.kernel.timestamp().replace('T', ' ').replace('Z', '.000000000 +0000');
  let differs = false;
  for (const { name, before, after } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (before === after) continue;
    const hunks = unifiedDiff(before, after);
    if (hunks === undefined) return unknownFailure('kubectl diff of objects that have little in common');
    differs = true;
    const [live, merged] = [`/tmp/LIVE-1/${name}`, `/tmp/MERGED-2/${name}`];
    session.print('stdout', `diff -u -N ${live} ${merged}\n--- ${live}\t${time}\n+++ ${merged}\t${time}\n${hunks}`);
  }
  return differs ? { type: 'exit', code: 1 } : undefined;
}
