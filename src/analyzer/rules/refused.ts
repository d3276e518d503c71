// The API server refused an object: it did not decode, is invalid, or an admission plugin or a rule of access said no.
import { linesOf } from '../lines.ts';
import { isObject } from '../../base/json.ts';
import type { ApiStatus } from '../../api/status.ts';
import type { KubeObject, ObjectRef } from '../../api/object.ts';
import { resourceByQualifiedName } from '../../api/resources.ts';
import type { RequestDetails, Trace, TraceEntry } from '../../simulator/trace.ts';
import type { Finding, Rule } from '../finding.ts';
import { isDecreed } from '../forbidden.ts';
import { writtenAs } from '../subject.ts';
import { partsOf } from './refused-parts.ts';

export const refused: Rule = {
  ids: [
    'unknown-field',
    'duplicate-field',
    'mistyped-field',
    'invalid-field',
    'namespace-missing',
    'reference-missing',
    'forbidden',
    'refused',
  ],
  find: ({ trace, applied }) =>
    refusals(trace).flatMap(({ status, body, subject, steps }): Finding[] =>
      // as the user wrote it: the trace has no values of Secrets, and of a patch only what changes
      partsOf(status, writtenAs(subject, applied) ?? body, subject.namespace).map(
        ({ alike, related = [], ...part }) => ({
          ...part,
          ...(part.id === 'namespace-missing' && comesLater(status, subject, applied)),
          severity: 'error',
          subject,
          steps,
          related: [...related, ...(alike ? [{ object: subject, path: alike, note: 'the same' }] : [])],
          ...(hangsOnCluster(status, part.message) && { dependsOn: 'objects' as const }),
        }),
      ),
    ),
};

/** A namespace that is missing only because its turn comes later. */
function comesLater(
  { details }: ApiStatus,
  subject: ObjectRef,
  applied: readonly KubeObject[],
): Pick<Finding, 'explanation'> | undefined {
  const name = details?.name ?? '';
  const own = applied.indexOf(writtenAs(subject, applied)!);
  if (!applied.some(({ kind, metadata }, i) => i > own && kind === 'Namespace' && metadata.name === name)) {
    return undefined;
  }
  const explanation = `The Namespace ${name} is applied only after this object, because kubectl keeps the order of documents, and of files by their names: put it first.`;
  return { explanation };
}

/** What is missing or not allowed there, and addresses of another range than its own. */
const hangsOnCluster = ({ code }: ApiStatus, message: string): boolean =>
  (code === 403 && !isDecreed(message)) || code === 404 || message.includes('is not in the valid range');

interface Refusal {
  readonly status: ApiStatus;
  /** As it was sent. */
  readonly body: unknown;
  readonly subject: ObjectRef;
  readonly steps: readonly number[];
}

/** The answers to kubectl's writes that said no. */
function refusals(trace: Trace): Refusal[] {
  return linesOf(trace, 'response').flatMap((entry) => {
    if (entry.code < 400 || entry.to !== 'kubectl') return [];
    const request = trace[entry.request];
    if (request?.type !== 'request' || request.verb === 'get' || !isObject(entry.body)) return [];
    const { body } = request;
    return [{ status: entry.body as ApiStatus, body, subject: subjectOf(request), steps: [request.seq, entry.seq] }];
  });
}

function subjectOf({ target, body }: TraceEntry & RequestDetails): ObjectRef {
  const object = isObject(body) ? body : {};
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const namespace = target.namespace ?? text(metadata.namespace);
  return {
    apiVersion: text(object.apiVersion) ?? '',
    kind: text(object.kind) ?? resourceByQualifiedName(target.resource)?.kind ?? '',
    name: target.name ?? text(metadata.name) ?? text(metadata.generateName) ?? '',
    ...(namespace && { namespace }),
  };
}
