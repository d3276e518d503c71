// Who owns what: a controller adopts objects without an owner that its selector matches, and lets go of those that it no
// longer matches (k8s.io/kubernetes/pkg/controller/controller_ref_manager.go).
import { matchesLabelSelector, podSelectorOf, type Selecting } from '../../api/label-selector.ts';
import { controllerOf, type KubeObject } from '../../api/object.ts';
import { failure } from '../../api/status.ts';
import { failSync, succeeded, type ControllerContext } from './controller.ts';
import { controllerReference } from './owner-reference.ts';

type Owner = KubeObject & Selecting;

/**
 * The candidates that belong to the owner, after adopting and releasing; candidates are its own and those without an owner.
 * A finalizer, if given, comes and goes with the reference to the owner.
 */
export function claim<T extends KubeObject>(
  { client }: ControllerContext,
  owner: Owner,
  ownerResource: string,
  resource: string,
  candidates: readonly T[],
  finalizer?: string,
): T[] {
  const { namespace = '', name = '', uid, deletionTimestamp } = owner.metadata;
  const selector = podSelectorOf(owner);
  let mayAdopt = false;
  /** An owner that was deleted meanwhile must not adopt: the server is asked, once. */
  const checkOwner = () => {
    if (mayAdopt) return;
    const current = succeeded(client.get({ resource: ownerResource, namespace, name }));
    if (current.metadata.uid !== uid || current.metadata.deletionTimestamp) {
      failSync(failure(409, 'Conflict', `${owner.kind} ${namespace}/${name} has just been deleted`));
    }
    mayAdopt = true;
  };
  const patch = (object: T, ownerReferences: unknown, finalizers: string) => {
    const target = { resource, namespace, name: object.metadata.name ?? '' };
    const held = finalizer === undefined ? {} : { [finalizers]: [finalizer] };
    succeeded(client.patch(target, 'strategic', { metadata: { ownerReferences, uid: object.metadata.uid, ...held } }));
  };
  return candidates.filter((object) => {
    const { metadata } = object;
    if (metadata.namespace !== namespace) return false;
    const matches = matchesLabelSelector(selector, metadata.labels);
    if (controllerOf(object)) {
      if (!matches && !deletionTimestamp)
        patch(object, [{ $patch: 'delete', uid }], '$deleteFromPrimitiveList/finalizers');
      return matches;
    }
    if (!matches || deletionTimestamp || metadata.deletionTimestamp) return false;
    checkOwner();
    patch(object, [controllerReference(owner)], 'finalizers');
    return true;
  });
}
