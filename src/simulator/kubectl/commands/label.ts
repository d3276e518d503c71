// `kubectl label` and `kubectl annotate`: `key=value` sets, `key-` removes.
import type { KubeObject } from '../../../api/object.ts';
import { commonFlags, type Flags } from '../arguments.ts';
import { namespaceOf, type Command } from '../command.ts';
import { statusFailure, textFailure, together, type Failure } from '../failure.ts';
import { isFailure, selectionsOf } from '../named-objects.ts';
import { printedKind } from '../resource-names.ts';
import type { Place, Session, Steps } from '../session.ts';

type MapName = 'labels' | 'annotations';

/** New value of each key; null for one that goes. */
type Changes = ReadonlyMap<string, string | null>;

const isChange = (arg: string) => /=|-$/.test(arg);

function mapCommand(map: MapName, fieldManager: string, done: string): Command {
  return {
    flags: {
      ...commonFlags,
      overwrite: { kind: 'switch' },
      all: { kind: 'switch' },
      selector: { short: 'l', kind: 'text' },
    },
    *run(session, positional, flags) {
      const changes = new Map(positional.filter(isChange).map(readChange));
      const found = selectionsOf(
        positional.filter((arg) => !isChange(arg)),
        'one or more resources must be specified as <resource> <name> or <resource>/<name>',
      );
      if (isFailure(found)) return found;
      if (changes.size === 0)
        return textFailure(`at least one ${map === 'labels' ? 'label' : 'annotation'} update is required`);
      yield* session.discover();
      const failures: Failure[] = [];
      for (const { resource, names } of found.selections) {
        for (const place of yield* placesOf(session, { resource, names }, flags)) {
          const failure = yield* change(
            session,
            place,
            { map, fieldManager, done },
            changes,
            flags.switched('overwrite'),
          );
          if (failure) failures.push(failure);
        }
      }
      return together(failures);
    },
  };
}

export const label = mapCommand('labels', 'kubectl-label', 'labeled');
export const annotate = mapCommand('annotations', 'kubectl-annotate', 'annotated');

function readChange(arg: string): [string, string | null] {
  const equals = arg.indexOf('=');
  return equals < 0 ? [arg.slice(0, -1), null] : [arg.slice(0, equals), arg.slice(equals + 1)];
}

function* placesOf(
  session: Session,
  { resource, names }: { readonly resource: Place['resource']; readonly names: readonly string[] },
  flags: Flags,
): Steps<readonly Place[]> {
  const scope = resource.namespaced ? { namespace: namespaceOf(flags) } : {};
  if (names.length > 0) return names.map((name) => ({ resource, ...scope, name }));
  const labelSelector = flags.text('selector');
  const items = yield* session.list<KubeObject>(resource, { ...scope, ...(labelSelector && { labelSelector }) });
  return items.map(({ metadata: { name = '' } }) => ({ resource, ...scope, name }));
}

interface Words {
  readonly map: MapName;
  readonly fieldManager: string;
  readonly done: string;
}

function* change(
  session: Session,
  place: Place,
  { map, fieldManager, done }: Words,
  changes: Changes,
  overwrite: boolean,
): Steps<Failure | undefined> {
  const response = yield* session.getNamed<KubeObject>(place);
  if (!response.ok) return statusFailure(response.status);
  const old = response.object.metadata[map] ?? {};
  for (const [key, value] of changes) {
    const taken = old[key];
    if (value !== null && taken !== undefined && taken !== value && !overwrite) {
      return textFailure(`'${key}' already has a value (${taken}), and --overwrite is false`);
    }
    if (value === null && taken === undefined) session.out(`${map.slice(0, -1)} "${key}" not found.`);
  }
  const effective = [...changes].filter(([key, value]) => (old[key] ?? null) !== value);
  const name = `${printedKind(place.resource)}/${place.name}`;
  if (effective.length > 0) {
    const patch = { metadata: { [map]: Object.fromEntries(effective) } };
    const patched = yield* session.patch<KubeObject>(place, 'merge', patch, { fieldManager });
    if (!patched.ok) return statusFailure(patched.status);
  }
  const onlyRemoved = [...changes.values()].every((value) => value === null);
  const word = effective.length === 0 ? `not ${done}` : onlyRemoved && map === 'labels' ? `un${done}` : done;
  session.out(`${name} ${map === 'annotations' ? done : word}`);
  return undefined;
}
