// Which revision a StatefulSet's Pods have, and which they are to get (getStatefulSetRevisions in stateful_set_control.go).
import type { ControllerRevision, Pod, StatefulSet } from '../../../api/object.ts';
import { statefulSetRevisionHash } from '../../../api/template-hash.ts';
import { deepEqual } from '../../../base/json.ts';
import { deleteRevision, keepsTemplate, targetOf, templatePatch, updateRevision } from '../controller-history.ts';
import { succeeded, type ControllerContext } from '../controller.ts';
import { controllerReference } from '../owner-reference.ts';
import { revisionLabel } from './ordinals.ts';

export interface Revisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
  readonly collisionCount: number;
}

/** `known`: the set's revisions, oldest first. */
export function revisionsFor(
  context: ControllerContext,
  set: StatefulSet,
  known: readonly ControllerRevision[],
): Revisions {
  const { status } = set;
  const { update, collisionCount } = updateRevisionOf(context, set, known);
  const current = known.find(({ metadata }) => metadata.name === status?.currentRevision) ?? update;
  return { current, update, collisionCount };
}

function updateRevisionOf(context: ControllerContext, set: StatefulSet, known: readonly ControllerRevision[]) {
  const collisionCount = set.status?.collisionCount ?? 0;
  const latest = known.at(-1);
  const template = set.spec?.template ?? {};
  const equal = known.filter((revision) => keepsTemplate(revision, template)).at(-1);
  if (!equal) return create(context, set, (latest?.revision ?? 0) + 1, collisionCount);
  if (equal === latest) return { update: equal, collisionCount };
  // A template that was there before: its revision becomes the newest.
  const renewed = { ...equal, revision: (latest?.revision ?? 0) + 1 };
  return { update: succeeded(updateRevision(context, renewed)), collisionCount };
}

/** CreateControllerRevision: a name that is taken by another template is made again, with one collision more. */
function create(context: ControllerContext, set: StatefulSet, revision: number, collisions: number) {
  const { client } = context;
  const template = set.spec?.template ?? {};
  const { namespace = '', name = '', annotations } = set.metadata;
  const hash = statefulSetRevisionHash(template, collisions);
  const body: ControllerRevision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      namespace,
      labels: { ...template.metadata?.labels, 'controller.kubernetes.io/hash': hash },
      ...(annotations && { annotations }),
      ownerReferences: [controllerReference(set)],
    },
    data: templatePatch(template),
    revision,
  };
  for (let collisionCount = collisions; ; collisionCount++) {
    const named = `${name.slice(0, 223)}-${statefulSetRevisionHash(template, collisionCount)}`;
    const made = { ...body, metadata: { ...body.metadata, name: named } };
    const response = client.create<ControllerRevision>({ resource: 'controllerrevisions.apps', namespace }, made);
    if (response.ok || response.status.reason !== 'AlreadyExists') {
      return { update: succeeded(response), collisionCount };
    }
    const existing = succeeded(client.get<ControllerRevision>(targetOf(made)));
    if (deepEqual(existing.data, made.data)) return { update: existing, collisionCount };
  }
}

/** truncateHistory: of the revisions that nothing uses the newest are kept. */
export function truncateHistory(
  context: ControllerContext,
  set: StatefulSet,
  known: readonly ControllerRevision[],
  pods: readonly Pod[],
  { current, update }: Revisions,
): void {
  const live = new Set([
    current.metadata.name,
    update.metadata.name,
    ...pods.map(({ metadata }) => metadata.labels?.[revisionLabel]),
  ]);
  const unused = known.filter(({ metadata }) => !live.has(metadata.name));
  const limit = set.spec?.revisionHistoryLimit ?? 10;
  if (limit < 0) return;
  for (const revision of unused.slice(0, Math.max(unused.length - limit, 0))) {
    succeeded(deleteRevision(context, revision));
  }
}
