// Fills in what the object leaves out, and tells a user which fields those were.
import { refOf } from '../../../api/object.ts';
import { isComponent } from '../authentication.ts';
import { defaultObject } from '../defaulting/index.ts';
import type { Stage } from '../request.ts';
import { serverName } from '../server-name.ts';
import { changedPaths } from './changed-paths.ts';

/** Defaulting of the API version (the SetDefaults functions that a decoder calls). */
export const applyDefaults: Stage = (request, { kernel }) => {
  const before = request.object;
  const object = defaultObject(before);
  request.object = object;
  if (object === before || isComponent(request.actor)) return undefined;
  const changed = changedPaths(before, object);
  if (changed.length === 0) return undefined;
  kernel.record(serverName, serverName, {
    type: 'decision',
    subject: refOf(object),
    decision: { type: 'admission', plugin: 'defaulting', allowed: true, changed },
  });
  return undefined;
};
