// What the templates of a workload were, one ControllerRevision each (k8s.io/kubernetes/pkg/controller/history, v1.36).
import { copyWith } from '../../base/copy.ts';
import { matchesLabelSelector } from '../../api/label-selector.ts';
import type { ControllerRevision, KubeObject, LabelSelector, PodTemplateSpec } from '../../api/object.ts';
import { deepEqual } from '../../base/json.ts';
import { compareBytes } from '../../base/order.ts';
import { claim } from './claim.ts';
import type { ControllerContext } from './controller.ts';

const resource = 'controllerrevisions.apps';

type Workload = KubeObject & { readonly spec?: { readonly selector?: LabelSelector } };

/** The revisions of a workload, oldest first; those without an owner that its selector matches are adopted. */
export function revisionsOf(context: ControllerContext, owner: Workload, ownerResource: string): ControllerRevision[] {
  const { revisionsByController } = context.informers;
  const matching = ({ metadata }: ControllerRevision) => matchesLabelSelector(owner.spec?.selector, metadata.labels);
  const owned = revisionsByController.ownedBy(owner.metadata.uid).filter(matching);
  const orphans = revisionsByController.orphans().filter(matching);
  return claim(context, owner, ownerResource, resource, [...owned, ...orphans]).sort(byRevision);
}

function byRevision(a: ControllerRevision, b: ControllerRevision): number {
  const created = ({ metadata }: ControllerRevision) => metadata.creationTimestamp ?? '';
  return (
    a.revision - b.revision ||
    compareBytes(created(a), created(b)) ||
    compareBytes(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}

/** What a revision keeps: a patch that puts the template in place of any other. */
export function templatePatch(template: PodTemplateSpec): unknown {
  return { spec: { template: copyWith(template, { $patch: 'replace' }) } };
}

/** The template that a revision keeps. */
export function templateOf({ data }: ControllerRevision): PodTemplateSpec | undefined {
  const kept = data as { readonly spec?: { readonly template?: PodTemplateSpec & { readonly $patch?: string } } };
  if (!kept.spec?.template) return undefined;
  const { $patch: _, ...template } = kept.spec.template;
  return template;
}

/** EqualRevision. */
export function keepsTemplate({ data }: ControllerRevision, template: PodTemplateSpec): boolean {
  return deepEqual(data, templatePatch(template));
}

export function updateRevision(
  { client }: ControllerContext,
  revision: ControllerRevision,
): ReturnType<typeof client.update<ControllerRevision>> {
  return client.update<ControllerRevision>(targetOf(revision), revision);
}

export function deleteRevision({ client }: ControllerContext, revision: ControllerRevision) {
  return client.delete(targetOf(revision));
}

export function targetOf({ metadata: { namespace = '', name = '' } }: ControllerRevision) {
  return { resource, namespace, name };
}
