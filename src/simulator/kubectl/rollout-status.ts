// `kubectl rollout status`: tells how far a Deployment has got, until it is done or stuck.
import type { Deployment } from '../../api/object.ts';
import type { Flags } from './arguments.ts';
import type { Outcome } from './command.ts';
import { statusFailure, textFailure, type Failure } from './failure.ts';
import type { Place, Session, Steps } from './session.ts';

/** How often the command's process looks whether its watch has told it anything. */
const lookInterval = 20;

export function* rolloutStatus(session: Session, place: Place, flags: Flags): Steps<Outcome> {
  const response = yield* session.getNamed<Deployment>(place);
  if (!response.ok) return statusFailure(response.status);
  const seen: Deployment[] = [response.object];
  const { resourceVersion } = response.object.metadata;
  const watching = session.watchOne<Deployment>(place, resourceVersion, ({ object }) => void seen.push(object));
  try {
    for (;;) {
      for (let deployment = seen.shift(); deployment; deployment = seen.shift()) {
        const progress = progressOf(deployment);
        if ('type' in progress) return progress;
        session.out(progress.text);
        if (progress.done || !flags.switched('watch', true)) return undefined;
      }
      yield lookInterval;
    }
  } finally {
    watching.stop();
  }
}

/** DeploymentStatusViewer.Status. */
function progressOf({
  metadata,
  spec,
  status,
}: Deployment): { readonly text: string; readonly done: boolean } | Failure {
  const name = `"${metadata.name}"`;
  const waiting = (what: string) => ({
    text: `Waiting for deployment ${name} rollout to finish: ${what}...`,
    done: false,
  });
  const { observedGeneration = 0, updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status ?? {};
  if ((metadata.generation ?? 0) > observedGeneration) {
    return { text: 'Waiting for deployment spec update to be observed...', done: false };
  }
  const progressing = status?.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return textFailure(`deployment ${name} exceeded its progress deadline`);
  }
  const wanted = spec?.replicas ?? 1;
  if (updatedReplicas < wanted) return waiting(`${updatedReplicas} out of ${wanted} new replicas have been updated`);
  if (replicas > updatedReplicas) return waiting(`${replicas - updatedReplicas} old replicas are pending termination`);
  if (availableReplicas < updatedReplicas) {
    return waiting(`${availableReplicas} of ${updatedReplicas} updated replicas are available`);
  }
  return { text: `deployment ${name} successfully rolled out`, done: true };
}
