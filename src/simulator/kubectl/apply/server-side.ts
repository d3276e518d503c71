// One object of `kubectl apply --server-side`: sent as it is, for the server to merge (applyOneObject in k8s.io/kubectl/pkg/cmd/apply/apply.go).
import type { KubeObject } from '../../../api/object.ts';
import { statusFailure, textFailure, type Failure } from '../failure.ts';
import type { Info } from '../manifests/infos.ts';
import type { Session, Steps } from '../session.ts';
import type { Applied, ApplyOptions } from './apply-options.ts';

export function* applyOnServer(
  session: Session,
  info: Info,
  { dryRun, fieldManager, fieldValidation, forceConflicts }: ApplyOptions,
): Steps<Applied | Failure> {
  if (info.name === '') return textFailure('resource name may not be empty');
  const options = {
    fieldManager,
    fieldValidation,
    force: forceConflicts,
    ...(dryRun === 'server' && { dryRun: true }),
  };
  const response = yield* session.patch<KubeObject>(info, 'apply', info.object, options);
  if (!response.ok) {
    const { status } = response;
    return status.reason === 'Conflict' ? textFailure(`${status.message}\n${advice}`) : statusFailure(status);
  }
  if (response.object.metadata.deletionTimestamp) {
    session.warn(`Detected changes to resource ${info.name} which is currently being deleted.`);
  }
  return { object: response.object, operation: 'serverside-applied' };
}

const advice = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;
