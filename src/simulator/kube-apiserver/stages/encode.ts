// The last stage: the object as the store will hold it, without lists and maps that a user emptied but that are not written empty.
import { isComponent } from '../authentication.ts';
import { canonicalize } from '../decoding/decode.ts';
import type { Stage } from '../request.ts';

/** What goes through Go's types on its way to etcd comes back in one form; our own components write that form. */
export const encode: Stage = (request) => {
  if (!isComponent(request.actor)) request.object = canonicalize(request.object);
  return undefined;
};
