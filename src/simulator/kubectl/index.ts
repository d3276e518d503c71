// kubectl: one command from its arguments to its exit code.
import type { ComponentContext } from '../client/component.ts';
import { runCommand } from './command.ts';
import { commandNamed, commandNames } from './commands.ts';
import { apply } from './commands/apply.ts';
import { failureText, unknownFailure, type Failure } from './failure.ts';
import type { KubectlOptions, Print } from './ports.ts';
import { Session, type Steps } from './session.ts';

export { DiskCache, noFiles } from './ports.ts';
export type { FileAccess, FileDocument, KubectlOptions, Print } from './ports.ts';

/**
 * Runs a command; yields virtual milliseconds it waits, returns the exit code. A command or a flag that is not modelled is told
 * as unknown, in the trace too.
 */
export function* runKubectl(context: ComponentContext, options: KubectlOptions, print: Print): Steps<number> {
  const session = new Session(context, options, print);
  const failure = yield* dispatch(session);
  if (!failure) return 0;
  const text = failureText(failure);
  if (text) print('stderr', text);
  const unknown = unknownReason(failure);
  if (unknown !== undefined) {
    const subject = { apiVersion: '', kind: 'Command', name: ['kubectl', ...options.args].join(' ') };
    context.kernel.record('kubectl', 'kubectl', { type: 'unknown', subject, reason: unknown });
  }
  return failure.type === 'exit' ? failure.code : 1;
}

function* dispatch(session: Session): Steps<Failure | undefined> {
  const [name = '', ...args] = session.args;
  const command = name === 'apply' ? apply : commandNamed(name);
  if (!command) {
    const known = ['apply', ...commandNames()].sort();
    return unknownFailure(`kubectl ${name} (what is simulated: ${known.join(', ')})`);
  }
  return yield* runCommand(name, command, session, args);
}

function unknownReason(failure: Failure): string | undefined {
  if (failure.type === 'unknown') return failure.reason;
  return failure.type === 'several' ? failure.failures.map(unknownReason).find((reason) => reason) : undefined;
}
