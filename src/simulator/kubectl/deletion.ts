// Deleting an object, and waiting until it is gone (k8s.io/kubectl/pkg/cmd/delete and cmd/wait).
import type { KubeObject } from '../../api/object.ts';
import type { DeleteOptions } from '../client/client.ts';
import { statusFailure, type Failure } from './failure.ts';
import type { Place, Session, Steps } from './session.ts';

/** How often kubectl's process looks whether its watch has told it that the object is gone. */
const lookInterval = 20;

/** Deletes the object and waits until it is gone. */
export function* deleteAndWait(session: Session, place: Place, options: DeleteOptions): Steps<Failure | undefined> {
  const response = yield* session.delete(place, options);
  if (!response.ok) return statusFailure(response.status);
  yield* waitUntilGone(session, place, response.object.metadata?.uid);
  return undefined;
}

/** Returns when there is no such object any more, or it is another one. */
export function* waitUntilGone(session: Session, place: Place, uid: string | undefined): Steps<void> {
  const found = yield* session.get<KubeObject>(place);
  if (!found.ok || (uid !== undefined && found.object.metadata.uid !== uid)) return;
  let gone = false;
  const watching = session.watchOne(place, found.object.metadata.resourceVersion, ({ change }) => {
    gone ||= change === 'DELETED';
  });
  while (!gone) yield lookInterval;
  watching.stop();
}
