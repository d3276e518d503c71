// Whether the conditions of a webhook hold for a request (apiserver/pkg/admission/plugin/webhook/matchconditions, Kubernetes 1.36).
import type { MatchCondition } from '../../../../api/object.ts';
import type { ClusterReader } from '../../registry/reader.ts';
import type { AdmissionRequest } from '../plugin.ts';
import { Evaluation, valuesOf, type Evaluated } from './evaluation.ts';

export function conditionsHold(
  conditions: readonly MatchCondition[],
  request: AdmissionRequest,
  reader: ClusterReader,
): Evaluated {
  const object = request.operation === 'DELETE' ? null : request.object;
  return new Evaluation({}, valuesOf(request, reader), object, null).matches(conditions);
}
