// Runs stages one after the other until one refuses.
import type { ApiStatus } from '../../../api/status.ts';
import type { Stage, StageContext, WriteRequest } from '../request.ts';

export function runStages(
  request: WriteRequest,
  context: StageContext,
  stages: readonly Stage[],
): ApiStatus | undefined {
  for (const stage of stages) {
    const refusal = stage(request, context);
    if (refusal) return refusal;
  }
  return undefined;
}
