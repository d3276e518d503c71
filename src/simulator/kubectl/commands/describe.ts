// `kubectl describe`: one object after the other, in words.
import type { KubeObject } from '../../../api/object.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import { namespaceOf, type Command } from '../command.ts';
import { describerOf } from '../describe/registry.ts';
import { statusFailure, textFailure, together, unknownFailure, type Failure } from '../failure.ts';
import { isFailure, selectionsOf, type Selection } from '../named-objects.ts';
import type { PrintableObject } from '../printing/output.ts';
import type { Session, Steps } from '../session.ts';

const missingType =
  'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n';

export const describe: Command = {
  flags: {
    ...commonFlags,
    'all-namespaces': { short: 'A', kind: 'switch' },
    selector: { short: 'l', kind: 'text' },
    'show-events': { kind: 'switch' },
  },
  *run(session, positional, flags) {
    yield* session.discover();
    const found = selectionsOf(positional, missingType, session.cache.customResources);
    if (isFailure(found)) return found;
    const failures: Failure[] = [];
    let texts = 0;
    for (const selection of found.selections) {
      const { objects, problems } = yield* objectsOf(session, selection, flags);
      failures.push(...problems);
      for (const { resource, object } of objects) {
        const text = yield* descriptionOf(session, { resource, object }, flags);
        if (typeof text !== 'string') failures.push(text);
        else session.print('stdout', texts++ > 0 ? `\n\n${text}` : text);
      }
    }
    if (texts === 0 && failures.length === 0) {
      const where = flags.switched('all-namespaces') ? '' : ` in ${namespaceOf(flags)} namespace.`;
      session.print('stderr', `No resources found${where}\n`);
    }
    return together(failures);
  },
};

/** The objects meant; a name that there is none of may be the beginning of others. */
function* objectsOf(
  session: Session,
  { resource, names }: Selection,
  flags: Flags,
): Steps<{ objects: readonly PrintableObject[]; problems: readonly Failure[] }> {
  const scope = resource.namespaced && !flags.switched('all-namespaces') ? { namespace: namespaceOf(flags) } : {};
  if (names.length === 0) {
    const labelSelector = flags.text('selector');
    const items = yield* session.list<KubeObject>(resource, { ...scope, ...(labelSelector && { labelSelector }) });
    return { objects: items.map((object) => ({ resource, object })), problems: [] };
  }
  const objects: PrintableObject[] = [];
  const problems: Failure[] = [];
  for (const name of names) {
    const response = yield* session.getNamed<KubeObject>({ resource, namespace: namespaceOf(flags), name });
    if (response.ok) {
      objects.push({ resource, object: response.object });
      continue;
    }
    const items = response.code === 404 ? yield* session.list<KubeObject>(resource, scope) : [];
    const similar = items.filter(({ metadata }) => metadata.name?.startsWith(name));
    objects.push(...similar.map((object) => ({ resource, object })));
    if (similar.length === 0) problems.push(statusFailure(response.status));
  }
  return { objects, problems };
}

/** The description fetches the object anew. */
function* descriptionOf(
  session: Session,
  { resource, object }: PrintableObject,
  flags: Flags,
): Steps<string | Failure> {
  const describer = describerOf(resource);
  if (!describer) return unknownFailure(`the description of ${resource.plural}`);
  const { namespace, name = '' } = object.metadata;
  const response = yield* session.get<KubeObject>({ resource, ...(namespace && { namespace }), name });
  if (!response.ok) return textFailure(response.status.message);
  return yield* describer(session, response.object, flags.switched('show-events', true));
}
