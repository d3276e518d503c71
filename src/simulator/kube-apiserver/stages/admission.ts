// Runs the admission plugins over a request and writes down what each of them did.
import { refOf, type KubeObject } from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import type { Writable } from '../../../base/copy.ts';
import { runAdmission, type AdmissionNote, type AdmissionPhase } from '../admission/chain.ts';
import type { AdmittedRequest } from '../admission/plugin.ts';
import type { StageContext } from '../request.ts';
import type { AdmissionDecision } from '../../trace.ts';
import { serverName } from '../server-name.ts';

/** What a plugin said, as a line of the trace. */
export function recordNote({ kernel }: StageContext, note: AdmissionNote, object: KubeObject): void {
  const subject = refOf(object);
  const { plugin, changed, refusal, unknown, path } = note;
  if (unknown !== undefined) {
    const reason = `${plugin}: ${unknown}`;
    kernel.record(serverName, serverName, { type: 'unknown', subject, ...(path && { path }), reason });
  }
  if (!changed && !refusal) return;
  const decision: Writable<AdmissionDecision> = { type: 'admission', plugin, allowed: refusal === undefined };
  if (changed) decision.changed = changed;
  if (refusal) decision.message = refusal.message;
  kernel.record(serverName, serverName, { type: 'decision', subject, decision });
}

/** A stage of writes that deletions pass through as well; those have nobody to warn. */
type AdmissionStage = (
  request: AdmittedRequest & { readonly warnings?: string[] },
  context: StageContext,
) => ApiStatus | undefined;

const stage =
  (phase: AdmissionPhase): AdmissionStage =>
  (request, context) =>
    runAdmission(phase, request, context, (note, object) => {
      if (note.warnings) request.warnings?.push(...note.warnings);
      recordNote(context, note, object);
    });

/** Plugins that may change the object. */
export const mutatingAdmission = stage('admit');

/** Plugins that look at the object as it will be stored. */
export const validatingAdmission = stage('validate');
