// Who owns which fields of an object: metadata.managedFields read and written, and what an update does to it
// (apimachinery/pkg/util/managedfields, sigs.k8s.io/structured-merge-diff/v6/merge/update.go).
//
// It is kept from the first server-side apply of an object on. What was there before has an owner of which nothing is known.
import type { KubeObject, ObjectMeta } from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';
import { fieldsV1Of, leavesOf, pathsIn, sameValue } from './field-set.ts';
import type { Path } from './path.ts';
import type { Structure } from './structure.ts';

export type Entry = NonNullable<ObjectMeta['managedFields']>[number];

/** Who writes, and as what. */
export type Identity = Required<Pick<Entry, 'manager' | 'operation' | 'apiVersion'>> & Pick<Entry, 'subresource'>;

export interface Manager {
  readonly identity: Identity;
  readonly time: string;
  readonly paths: Map<string, Path>;
}

/** The owner of what was there before fields had known owners. */
export const beforeFirstApply = 'before-first-apply';

export function managersOf({ metadata }: KubeObject): Manager[] {
  return (metadata.managedFields ?? []).map(
    ({ manager = '', operation = '', apiVersion = '', subresource, time, fieldsV1 }) => ({
      identity: { manager, operation, apiVersion, ...(subresource !== undefined && { subresource }) },
      time: time ?? '',
      paths: pathsIn(fieldsV1),
    }),
  );
}

/** Appliers are the same in whatever version they apply. */
export const isSame = (a: Identity, b: Identity): boolean =>
  a.manager === b.manager &&
  a.operation === b.operation &&
  (a.subresource ?? '') === (b.subresource ?? '') &&
  (a.operation === 'Apply' || a.apiVersion === b.apiVersion);

/** The entries: appliers first, then by time and name. An entry that says what it said keeps its time. */
export function entriesOf(managers: readonly Manager[], old: readonly Entry[] = []): readonly Entry[] {
  const entries = managers
    .filter(({ paths }) => paths.size > 0)
    .map(({ identity: { manager, operation, apiVersion, subresource }, time, paths }) => {
      const fields = { fieldsType: 'FieldsV1', fieldsV1: fieldsV1Of(paths.values()) };
      const made = { manager, operation, apiVersion, time, ...fields, ...(subresource && { subresource }) };
      return old.find((entry) => deepEqual({ ...entry, time }, made)) ?? made;
    });
  const rank = ({ operation, time, manager }: Entry) => `${operation === 'Apply' ? 0 : 1} ${time ?? ''} ${manager}`;
  return entries.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** What an update that is no apply does: what it changes is its writer's. Undefined if it changes no field. */
export function afterUpdate(
  old: KubeObject,
  object: KubeObject,
  writer: Identity,
  structure: Structure,
  time: string,
): readonly Entry[] | undefined {
  const [was, is] = [leavesOf(old, structure), leavesOf(object, structure)];
  const changed = [...is].filter(([key, { value }]) => !was.has(key) || !sameValue(was.get(key)?.value, value));
  const removed = [...was.keys()].filter((key) => !is.has(key));
  if (changed.length === 0 && removed.length === 0) return undefined;
  const managers = managersOf(old);
  for (const { paths } of managers) for (const key of [...removed, ...changed.map(([key]) => key)]) paths.delete(key);
  const mine = managers.find(({ identity }) => isSame(identity, writer));
  const paths = new Map([...(mine?.paths ?? []), ...changed.map(([key, { path }]) => [key, path] as const)]);
  const others = managers.filter((each) => each !== mine);
  return entriesOf([...others, { identity: writer, time, paths }], old.metadata.managedFields);
}
