// Attributes what happens to an object that a controller made to the object the user wrote.
import { controllerOf, refOf, type KubeObject, type ObjectRef } from '../api/object.ts';
import { resourceOfKind } from '../api/resources.ts';
import { Attached } from '../base/attached.ts';
import type { Evidence } from './finding.ts';
import { templatePathOf } from './template-paths.ts';

/** The key of `Evidence.final`. */
export function finalKey({ kind, namespace, name }: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

/** The key of an object as it is applied: one that names no namespace goes to the default one. */
export function appliedKey(object: KubeObject): string {
  const { apiVersion, kind, metadata } = object;
  const namespaced = resourceOfKind(apiVersion, kind)?.namespaced !== false;
  return finalKey({
    kind,
    name: metadata.name ?? '',
    ...(namespaced && { namespace: metadata.namespace ?? 'default' }),
  });
}

export interface Attribution {
  readonly subject: ObjectRef;
  /** The applied object itself; undefined if none of them has brought it about. */
  readonly written: KubeObject | undefined;
  /** The path in the subject of a path in the object. */
  readonly path: (own: string) => string;
}

/** The applied object that an object stems from: itself, or the first of its owners that was applied. */
export function attribute(object: KubeObject, { applied, final }: Pick<Evidence, 'applied' | 'final'>): Attribution {
  const written = byKey(applied);
  const writtenAs = (candidate: KubeObject) => written.get(finalKey(refOf(candidate)));
  let current: KubeObject | undefined = object;
  const seen = new Set<KubeObject>();
  while (current && !writtenAs(current) && !seen.has(current)) {
    seen.add(current);
    const owner = controllerOf(current);
    current = owner && final.get(finalKey({ ...owner, namespace: current.metadata.namespace }));
  }
  const subject = current ?? object;
  const isMade = object.kind !== subject.kind;
  const template = isMade ? templatePathOf(subject.kind) : undefined;
  const own = object.kind === 'Pod' ? '' : `${templatePathOf(object.kind)}.`;
  return {
    subject: refOf(subject),
    written: writtenAs(subject),
    path: (path) => (template ? `${template}.${path.startsWith(own) ? path.slice(own.length) : path}` : path),
  };
}

/** The object as the user wrote it, if it is one of those that were applied. */
export const writtenAs = (ref: ObjectRef, applied: readonly KubeObject[]): KubeObject | undefined =>
  byKey(applied).get(finalKey(ref));

/** Thousands of Pods may be attributed to hundreds of applied objects. */
const indexes = new Attached<readonly KubeObject[], ReadonlyMap<string, KubeObject>>();

function byKey(applied: readonly KubeObject[]): ReadonlyMap<string, KubeObject> {
  const known = indexes.get(applied);
  if (known) return known;
  const index = new Map<string, KubeObject>();
  for (const object of applied) if (!index.has(appliedKey(object))) index.set(appliedKey(object), object);
  indexes.set(applied, index);
  return index;
}
