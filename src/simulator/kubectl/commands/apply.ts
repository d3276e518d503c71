// `kubectl apply -f` and `-k`.
import { applyObject } from '../apply/apply-object.ts';
import type { ApplyOptions } from '../apply/apply-options.ts';
import { prune, prunedResources, pruneProblem } from '../apply/prune.ts';
import { viewLastApplied } from '../apply/view-last-applied.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import type { Command, Outcome } from '../command.ts';
import { textFailure, together, unknownFailure, type Failure } from '../failure.ts';
import { infosOf } from '../manifests/infos.ts';
import { isFailure } from '../named-objects.ts';
import { isKnownFormat, printObjects, unsuitable, type PrintableObject } from '../printing/output.ts';
import { printedKind } from '../resource-names.ts';
import type { Place, Session } from '../session.ts';
import { dryRunOf, drySuffix, fileFlags, missingFiles, requestOf, validationOf } from '../shared-flags.ts';

export const apply: Command = {
  flags: {
    ...commonFlags,
    ...fileFlags,
    output: { short: 'o', kind: 'text' },
    'dry-run': { kind: 'text', bare: 'unchanged' },
    validate: { kind: 'text', bare: 'strict' },
    'field-manager': { kind: 'text' },
    force: { kind: 'switch' },
    'server-side': { kind: 'switch' },
    'force-conflicts': { kind: 'switch' },
    overwrite: { kind: 'switch' },
    wait: { kind: 'switch' },
    prune: { kind: 'switch' },
    all: { kind: 'switch' },
    'prune-allowlist': { kind: 'list' },
  },
  *run(session, positional, flags) {
    const [subcommand, ...args] = positional;
    if (subcommand === 'view-last-applied') return yield* viewLastApplied(session, args, flags);
    const problem = usageProblem(positional, flags);
    if (problem) return problem;
    const options = applyOptions(flags);
    if (isFailure(options)) return options;
    const pruned = flags.switched('prune') ? yield* prunedResources(session, flags) : [];
    if (isFailure(pruned)) return pruned;
    const found = yield* infosOf(session, requestOf(flags, options.fieldValidation !== 'Ignore'));
    const built = together(found.failures);
    if (found.infos.length === 0 && !built) return textFailure('no objects passed to apply');
    const failures: Failure[] = [];
    const objects: PrintableObject[] = [];
    for (const info of found.infos) {
      const applied = yield* applyObject(session, info, options);
      if ('type' in applied) {
        failures.push(applied);
        continue;
      }
      objects.push({ resource: info.resource, object: applied.object });
      report(session, info, applied.operation, options, flags);
    }
    const printProblem = printAll(session, objects, flags);
    const problems = [...(built ? [built] : []), ...failures, ...(printProblem ? [printProblem] : [])];
    // where anything went wrong, nothing is pruned
    if (problems.length > 0 || !flags.switched('prune')) return together(problems);
    return yield* prune(session, pruned, objects, options, flags, (place) =>
      report(session, place, 'pruned', options, flags),
    );
  },
};

function usageProblem(positional: readonly string[], flags: Flags): Outcome {
  const [first] = positional;
  if (first !== undefined) return unknownFailure(`kubectl apply ${first}`);
  const format = flags.text('output') ?? '';
  if (format && !isKnownFormat(format)) return textFailure(unsuitable(format));
  const problem = missingFiles(flags);
  if (problem) return problem;
  if (flags.switched('all') && flags.has('selector')) {
    return textFailure('cannot set --all and --selector at the same time');
  }
  return flags.switched('prune') ? pruneProblem(flags) : undefined;
}

function applyOptions(flags: Flags): ApplyOptions | Failure {
  const dryRun = dryRunOf(flags);
  if (typeof dryRun !== 'string') return dryRun;
  const fieldValidation = validationOf(flags);
  if (typeof fieldValidation !== 'string') return fieldValidation;
  const serverSide = flags.switched('server-side');
  const fieldManager = flags.text('field-manager') ?? (serverSide ? 'kubectl' : 'kubectl-client-side-apply');
  const forceConflicts = flags.switched('force-conflicts');
  const force = flags.switched('force');
  if (forceConflicts && !serverSide) return textFailure('--force-conflicts only works with --server-side');
  if (dryRun === 'client' && serverSide) {
    return textFailure("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  }
  if (serverSide && force) return textFailure('--force cannot be used with --server-side');
  return { dryRun, fieldManager, fieldValidation, force, serverSide, forceConflicts };
}

function report(
  session: Session,
  { resource, name }: Place,
  operation: string,
  { dryRun }: ApplyOptions,
  flags: Flags,
): void {
  const format = flags.text('output') ?? '';
  const named = `${printedKind(resource)}/${name}`;
  if (format === '') session.out(`${named} ${operation}${drySuffix[dryRun]}`);
  else if (format === 'name') session.out(named);
}

/** With an output format all objects are printed in the end. */
function printAll(session: Session, objects: readonly PrintableObject[], flags: Flags): Outcome {
  const format = flags.text('output') ?? '';
  if (format === '' || format === 'name' || objects.length === 0) return undefined;
  const printed = printObjects(format, objects, false);
  if (isFailure(printed)) return printed;
  session.print('stdout', printed.text);
  return undefined;
}
