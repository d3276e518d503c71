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
  selector: { short: 'l', kind: 'text' },
} as const satisfies FlagSpecs;

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
