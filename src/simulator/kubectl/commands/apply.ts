// `kubectl apply -f`.
import { quote } from '../../../api/go-text.ts';
import { applyObject } from '../apply/apply-object.ts';
import type { ApplyOptions } from '../apply/apply-options.ts';
import { commonFlags, type Flags, type FlagSpecs } from '../arguments.ts';
import { namespaceOf, type Command, type Outcome } from '../command.ts';
import { textFailure, together, unknownFailure, type Failure } from '../failure.ts';
import { infosOf, type Info } from '../manifests/infos.ts';
import { isFailure } from '../named-objects.ts';
import { isKnownFormat, printObjects, unsuitable, type PrintableObject } from '../printing/output.ts';
import { printedKind } from '../resource-names.ts';
import type { Session } from '../session.ts';

/** Flags with which files are named. */
export const fileFlags = {
  filename: { short: 'f', kind: 'list' },
  recursive: { short: 'R', kind: 'switch' },
  selector: { short: 'l', kind: 'text' },
} as const satisfies FlagSpecs;

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
  },
  *run(session, positional, flags) {
    const problem = usageProblem(positional, flags);
    if (problem) return problem;
    const options = applyOptions(flags);
    if (isFailure(options)) return options;
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
    return together([...(built ? [built] : []), ...failures, ...(printProblem ? [printProblem] : [])]);
  },
};

/** Where the objects of a command's files come from. */
export function requestOf(flags: Flags, validate: boolean) {
  const selector = flags.text('selector');
  return {
    filenames: flags.list('filename'),
    recursive: flags.switched('recursive'),
    namespace: namespaceOf(flags),
    enforceNamespace: flags.has('namespace'),
    validate,
    ...(selector !== undefined && { selector }),
  };
}

function usageProblem(positional: readonly string[], flags: Flags): Outcome {
  const [first] = positional;
  if (first !== undefined) return unknownFailure(`kubectl apply ${first}`);
  const format = flags.text('output') ?? '';
  if (format && !isKnownFormat(format)) return textFailure(unsuitable(format));
  if (flags.list('filename').length === 0) return textFailure('must specify one of -f and -k');
  if (!flags.switched('prune')) return undefined;
  return flags.switched('all') || flags.has('selector')
    ? unknownFailure('--prune')
    : textFailure(
        'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
      );
}

const validations: Readonly<Record<string, ApplyOptions['fieldValidation']>> = {
  strict: 'Strict',
  true: 'Strict',
  warn: 'Warn',
  ignore: 'Ignore',
  false: 'Ignore',
};

/** Reads `--validate`. */
export function validationOf(flags: Flags): ApplyOptions['fieldValidation'] | Failure {
  const given = flags.text('validate') ?? 'strict';
  return (
    validations[given] ??
    textFailure(`invalid - validate option ${quote(given)}; must be one of: strict (or true), warn, ignore (or false)`)
  );
}

/** Reads `--dry-run`. */
export function dryRunOf(flags: Flags): ApplyOptions['dryRun'] | Failure {
  const given = flags.text('dry-run') ?? 'none';
  if (given === 'none' || given === 'client' || given === 'server') return given;
  return textFailure(`Invalid dry-run value (${given}). Must be "none", "server", or "client".`);
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

/** What was done as part of a dry run. */
export const drySuffix = { none: '', client: ' (dry run)', server: ' (server dry run)' } as const;

function report(session: Session, info: Info, operation: string, { dryRun }: ApplyOptions, flags: Flags): void {
  const format = flags.text('output') ?? '';
  const name = `${printedKind(info.resource)}/${info.name}`;
  if (format === '') session.out(`${name} ${operation}${drySuffix[dryRun]}`);
  else if (format === 'name') session.out(name);
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
