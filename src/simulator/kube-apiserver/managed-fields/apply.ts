// Server-side apply on an object that is there: what its configuration changes, whom it is in conflict with, and what it gives up
// (sigs.k8s.io/structured-merge-diff/v6/merge/update.go, Apply; apimachinery/pkg/util/managedfields/internal/lastappliedmanager.go).
import type { KubeObject } from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import { goJson, isObject } from '../../../base/json.ts';
import { conflictStatus, type Conflict } from './conflicts.ts';
import { keyOf, leavesOf, sameValue, type Leaves } from './field-set.ts';
import {
  beforeFirstApply,
  entriesOf,
  isSame,
  managersOf,
  type Entry,
  type Identity,
  type Manager,
} from './managers.ts';
import { merged, without } from './merge.ts';
import { pathText, type Path } from './path.ts';
import { innerOf, type Structure } from './structure.ts';

const lastAppliedKey = 'kubectl.kubernetes.io/last-applied-configuration';

type Json = Readonly<Record<string, unknown>>;

export interface Application {
  readonly config: Json;
  readonly writer: Identity;
  readonly force: boolean;
  readonly time: string;
}

export type Applied =
  | { readonly object: Json; readonly managedFields: readonly Entry[] }
  | { readonly status: ApiStatus }
  /** Fields are changed of which it is not known whose they are. */
  | { readonly unknown: string };

/** The owners of an object that a configuration brings into being. */
export function firstOwner({ config, writer, time }: Application, structure: Structure): readonly Entry[] {
  const paths = new Map([...leavesOf(config, structure)].map(([key, { path }]) => [key, path]));
  return entriesOf([{ identity: writer, time, paths }]);
}

export function applied(live: KubeObject, application: Application, structure: Structure): Applied {
  const { config, writer, force, time } = application;
  const wanted = leavesOf(config, structure);
  const current = leavesOf(live, structure);
  const byKubectl = writer.manager === 'kubectl';
  const earlier = byKubectl ? asLastApplied(live, current, structure) : new Map<string, Path>();
  const { others, mine } = ownersOf(live, writer, current, earlier);
  const changed = [...wanted].filter(
    ([key, { value }]) => !sameValue(current.get(key)?.value, value) || !current.has(key),
  );
  const conflicts: Conflict[] = [];
  for (const { identity, paths } of others) {
    for (const [key, { path }] of changed) {
      if (!paths.has(key)) continue;
      if (!force && !earlier.has(key)) conflicts.push({ owner: identity, path });
      else paths.delete(key);
    }
  }
  const unknown = conflicts.find(({ owner }) => owner.manager === beforeFirstApply);
  if (unknown)
    return { unknown: `whose ${pathText(unknown.path)} was before the first server-side apply is not known` };
  if (conflicts.length > 0) return { status: conflictStatus(conflicts) };
  const gone = givenUp(mine, wanted, others, structure);
  const result = withLastApplied(
    without(merged(live, config, structure), gone, structure) as Json,
    live,
    config,
    byKubectl,
  );
  const paths = new Map([...wanted].map(([key, { path }]) => [key, path]));
  const managers = [...others, { identity: writer, time, paths }];
  return { object: result, managedFields: entriesOf(managers, live.metadata.managedFields) };
}

/** What others own, and what the writer owned so far. */
function ownersOf(live: KubeObject, writer: Identity, current: Leaves, earlier: ReadonlyMap<string, Path>) {
  const managers: Manager[] = managersOf(live);
  if (managers.length === 0) {
    const identity = { manager: beforeFirstApply, operation: 'Update', apiVersion: live.apiVersion };
    const paths = [...current].map(([key, { path }]) => [key, path] as const);
    managers.push({ identity, time: live.metadata.creationTimestamp ?? '', paths: new Map(paths) });
  }
  const mine = new Map(managers.find(({ identity }) => isSame(identity, writer))?.paths);
  // What was applied by kubectl before becomes what kubectl applies now.
  for (const { identity, paths } of managers) {
    if (identity.manager !== beforeFirstApply) continue;
    for (const [key, path] of earlier) if (paths.delete(key)) mine.set(key, path);
  }
  return { others: managers.filter(({ identity }) => !isSame(identity, writer)), mine };
}

/** The fields that still are as `kubectl apply` last set them: kubectl may take them over. */
function asLastApplied(live: KubeObject, current: Leaves, structure: Structure): Map<string, Path> {
  const text = live.metadata.annotations?.[lastAppliedKey];
  let config: unknown;
  try {
    config = JSON.parse(text ?? '');
  } catch {
    return new Map();
  }
  const same = [...leavesOf(config, structure)].filter(([key, { value }]) => {
    const now = current.get(key);
    return now !== undefined && sameValue(now.value, value);
  });
  return new Map(same.map(([key, { path }]) => [key, path]));
}

/** What the writer owned, no longer sets, and nobody else owns anything of. */
function givenUp(
  mine: ReadonlyMap<string, Path>,
  wanted: Leaves,
  others: readonly Manager[],
  structure: Structure,
): ReadonlySet<string> {
  // what an object is called is never given up: every configuration says it
  const kept = new Set<string>([keyOf(['f:metadata'])]);
  for (const { path } of wanted.values()) for (const key of withFieldsAbove(path, structure)) kept.add(key);
  for (const { paths } of others) {
    for (const path of paths.values()) for (const key of withFieldsAbove(path, structure)) kept.add(key);
  }
  const owned = [...mine.values()].flatMap((path) => withFieldsAbove(path, structure));
  return new Set(owned.filter((key) => !kept.has(key)));
}

/** The keys of a path and of the declared fields it lies in (EnsureNamedFieldsAreMembers). */
function withFieldsAbove(path: Path, structure: Structure): string[] {
  const keys = [keyOf(path)];
  let at: Structure | undefined = structure;
  for (const [index, element] of path.slice(0, -1).entries()) {
    const name: string | undefined = element.startsWith('f:') ? element.slice(2) : undefined;
    if (name !== undefined && at?.form === 'map') {
      if (at.field(name)) keys.push(keyOf(path.slice(0, index + 1)));
      at = innerOf(at, name);
    } else at = at?.form === 'list' ? at.item : undefined;
  }
  return keys;
}

/** The annotation of client-side apply follows what kubectl applies (lastappliedupdater.go). */
function withLastApplied(object: Json, live: KubeObject, config: Json, byKubectl: boolean): Json {
  const given = isObject(config.metadata) && isObject(config.metadata.annotations) ? config.metadata.annotations : {};
  if (!byKubectl || live.metadata.annotations?.[lastAppliedKey] === undefined || lastAppliedKey in given) return object;
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const annotations = isObject(metadata.annotations) ? metadata.annotations : {};
  const text = `${goJson(config)}\n`;
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, [lastAppliedKey]: text } } };
}
