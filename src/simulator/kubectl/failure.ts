// Why a command failed, and how kubectl says so (k8s.io/kubectl/pkg/cmd/util/helpers.go, checkErr).
import { quote } from '../../api/go-text.ts';
import type { ApiStatus, StatusCause } from '../../api/status.ts';

export type Failure =
  | { readonly type: 'status'; readonly status: ApiStatus }
  | { readonly type: 'text'; readonly message: string }
  | { readonly type: 'several'; readonly failures: readonly Failure[] }
  /** The simulator does not model what was asked for. */
  | { readonly type: 'unknown'; readonly reason: string }
  /** All has been said; only the exit code is left. */
  | { readonly type: 'exit'; readonly code: number };

export const textFailure = (message: string): Failure => ({ type: 'text', message });
export const statusFailure = (status: ApiStatus): Failure => ({ type: 'status', status });
export const unknownFailure = (reason: string): Failure => ({ type: 'unknown', reason });

/** One failure for several; undefined for none. */
export function together(failures: readonly Failure[]): Failure | undefined {
  return failures.length > 1 ? { type: 'several', failures } : failures[0];
}

/** Says what was being done to which file: `error when creating "pod.yaml": …`. */
export function whenDoing(doing: string, source: string, failure: Failure): Failure {
  const before = `error when ${doing} ${quote(source)}: `;
  if (failure.type === 'text') return textFailure(before + failure.message);
  if (failure.type !== 'status') return failure;
  return statusFailure({ ...failure.status, message: before + failure.status.message });
}

/** What kubectl prints to stderr for a failed command. */
export function failureText(failure: Failure): string {
  switch (failure.type) {
    case 'several':
      return failure.failures.map((each) => `${messageOf(each)}\n`).join('');
    case 'status':
      return withNewline(failure.status.reason === 'Invalid' ? invalidText(failure.status) : standardMessage(failure));
    case 'text':
      return withNewline(failure.message.startsWith('error: ') ? failure.message : `error: ${failure.message}`);
    case 'unknown':
      return `error: not simulated: ${failure.reason}\n`;
    case 'exit':
      return '';
  }
}

const withNewline = (text: string) => (text.endsWith('\n') ? text : `${text}\n`);

function messageOf(failure: Failure): string {
  switch (failure.type) {
    case 'status':
      return standardMessage(failure);
    case 'text':
      return failure.message;
    case 'several': {
      // what is said twice is said once
      const texts = [...new Set(failure.failures.map(messageOf))];
      return texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`;
    }
    default:
      return failureText(failure).trimEnd();
  }
}

function standardMessage({ status }: { readonly status: ApiStatus }): string {
  const { reason, message } = status;
  if (reason === 'Unauthorized') return `error: You must be logged in to the server (${message})`;
  return reason ? `Error from server (${reason}): ${message}` : `Error from server: ${message}`;
}

/** What the server found invalid is told cause by cause. */
function invalidText({ details, message }: ApiStatus): string {
  const request = 'The request is invalid';
  if (!details) return message ? `${request}: ${message}` : request;
  const { kind = '', name = '', causes = [] } = details;
  const named = kind !== '' || name !== '';
  const subject = named
    ? `The ${kind} ${quote(name)} is invalid`
    : message && causes.length === 0
      ? `${request}: ${message}`
      : request;
  const texts = [...new Set(causes.map(({ field = '', message: text = '' }: StatusCause) => `${field}: ${text}`))];
  if (texts.length === 0) return subject;
  return texts.length === 1
    ? `${subject}: ${texts.join('')}\n`
    : `${subject}: \n${texts.map((text) => `* ${text}\n`).join('')}`;
}
