// What a kubectl command is: arguments in, steps, and a failure or nothing out.
import { parseArguments, unknownFlagText, type Flags, type FlagSpecs } from './arguments.ts';
import { textFailure, together, unknownFailure, type Failure } from './failure.ts';
import type { Session, Steps } from './session.ts';

export type Outcome = Failure | undefined;

/** A command with the flags it takes; other flags are not modelled. */
export interface Command {
  readonly flags: FlagSpecs;
  readonly run: (session: Session, positional: readonly string[], flags: Flags) => Steps<Outcome>;
}

/** Runs a command on the arguments after its name. */
export function* runCommand(name: string, command: Command, session: Session, args: readonly string[]): Steps<Outcome> {
  const parsed = parseArguments(args, command.flags);
  if ('unknownFlag' in parsed) {
    const text = unknownFlagText(name, parsed.unknownFlag);
    return text === undefined ? unknownFailure(`kubectl ${name} ${parsed.unknownFlag}`) : textFailure(text);
  }
  const { positional, flags } = parsed;
  const user = flags.text('as');
  if (user !== undefined) session.impersonate(user, flags.list('as-group'));
  else if (flags.has('as-group')) return unknownFailure(`kubectl ${name} --as-group without --as`);
  const outcome = yield* command.run(session, positional, flags);
  return together([...session.refusals, ...(outcome ? [outcome] : [])]);
}

/** The namespace that a command works in. */
export const namespaceOf = (flags: Flags): string => flags.text('namespace') || 'default';
