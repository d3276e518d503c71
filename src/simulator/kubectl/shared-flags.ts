// Flags that several commands share: which files, how strictly they are looked at, and whether anything is really done.
import { quote } from '../../api/go-text.ts';
import type { Flags, FlagSpecs } from './arguments.ts';
import { namespaceOf } from './command.ts';
import { textFailure, type Failure } from './failure.ts';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';
export type DryRun = 'none' | 'client' | 'server';

/** Flags with which files are named. */
export const fileFlags = {
  filename: { short: 'f', kind: 'list' },
  recursive: { short: 'R', kind: 'switch' },
  kustomize: { short: 'k', kind: 'text' },
  selector: { short: 'l', kind: 'text' },
} as const satisfies FlagSpecs;

/** Whether a command names files, or a kustomization. */
export const namesFiles = (flags: Flags): boolean => Boolean(flags.list('filename').length || flags.text('kustomize'));

/** What is wrong with how files are named, if anything. */
export function filesProblem(flags: Flags): Failure | undefined {
  if (!flags.text('kustomize')) return undefined;
  if (flags.list('filename').length > 0) return textFailure('only one of -f or -k can be specified');
  return flags.switched('recursive') ? textFailure("the -k flag can't be used with -f or -R") : undefined;
}

/** The same of commands that need files. */
export const missingFiles = (flags: Flags): Failure | undefined =>
  filesProblem(flags) ?? (namesFiles(flags) ? undefined : textFailure('must specify one of -f and -k'));

/** Where the objects of a command's files come from. */
export function requestOf(flags: Flags, validate: boolean) {
  const selector = flags.text('selector');
  const kustomization = flags.text('kustomize');
  return {
    filenames: flags.list('filename'),
    recursive: flags.switched('recursive'),
    namespace: namespaceOf(flags),
    enforceNamespace: flags.has('namespace'),
    validate,
    ...(selector !== undefined && { selector }),
    ...(kustomization && { kustomization }),
  };
}

const validations: Readonly<Record<string, FieldValidation>> = {
  strict: 'Strict',
  true: 'Strict',
  warn: 'Warn',
  ignore: 'Ignore',
  false: 'Ignore',
};

/** Reads `--validate`. */
export function validationOf(flags: Flags): FieldValidation | Failure {
  const given = flags.text('validate') ?? 'strict';
  return (
    validations[given] ??
    textFailure(`invalid - validate option ${quote(given)}; must be one of: strict (or true), warn, ignore (or false)`)
  );
}

/** Reads `--dry-run`. */
export function dryRunOf(flags: Flags): DryRun | Failure {
  const given = flags.text('dry-run') ?? 'none';
  if (given === 'none' || given === 'client' || given === 'server') return given;
  return textFailure(`Invalid dry-run value (${given}). Must be "none", "server", or "client".`);
}

/** What was done as part of a dry run. */
export const drySuffix = { none: '', client: ' (dry run)', server: ' (server dry run)' } as const;
