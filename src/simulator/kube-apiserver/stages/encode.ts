// The last stage: the object as it will come out of the store: without lists and maps that a user emptied but that are not written
// empty, and with the defaults of what the server itself made since it was sent.
import type { KubeObject } from '../../../api/object.ts';
import { isComponent } from '../authentication.ts';
import { storedAndBack } from '../custom-resources/convert.ts';
import { kindOfVersion } from '../custom-resources/custom-kind.ts';
import { canonicalize } from '../decoding/decode.ts';
import { defaultObject } from '../defaulting/index.ts';
import { withoutMetadata } from '../registry/object-meta.ts';
import type { Stage } from '../request.ts';

/**
 * What goes through Go's types on its way to etcd comes back in one form; our own components write that form, but for lists they empty,
 * and for Jobs, whose labels may be those that the server has given their template.
 */
export const encode: Stage = (request) => {
  const { actor, object, sent, custom } = request;
  const kind = custom && kindOfVersion(custom, object.apiVersion);
  if (kind) {
    request.object = storedAndBack(object, kind);
    return undefined;
  }
  const isInForm = isComponent(actor) && object.kind !== 'Job';
  request.object = isInForm ? withoutEmptied(object) : canonicalize(defaultObject(object), sent);
  return undefined;
};

const lists = ['finalizers', 'ownerReferences'] as const;

function withoutEmptied(object: KubeObject): KubeObject {
  return withoutMetadata(object, ...lists.filter((name) => object.metadata[name]?.length === 0));
}
