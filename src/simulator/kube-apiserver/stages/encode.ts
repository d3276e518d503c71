// The last stage: the object as it will come out of the store: without lists and maps that a user emptied but that are not written
// empty, and with the defaults of what the server itself made since it was sent.
import { isComponent } from '../authentication.ts';
import { canonicalize } from '../decoding/decode.ts';
import { defaultObject } from '../defaulting/index.ts';
import type { Stage } from '../request.ts';

/** What goes through Go's types on its way to etcd comes back in one form; our own components write that form. */
export const encode: Stage = (request) => {
  if (!isComponent(request.actor)) request.object = canonicalize(defaultObject(request.object));
  return undefined;
};
