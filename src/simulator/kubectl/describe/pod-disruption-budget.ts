// `kubectl describe poddisruptionbudget`.
import { formatLabelSelector } from '../../../api/label-selector.ts';
import type { PodDisruptionBudget } from '../../../api/object.ts';
import { uncounted } from '../../../api/disruption-budget.ts';
import { describer, writeName } from './describer.ts';

export const podDisruptionBudgetDescriber = describer<PodDisruptionBudget>({
  write(description, budget) {
    const { spec = {}, status = uncounted } = budget;
    const { minAvailable, maxUnavailable, selector } = spec;
    writeName(description, budget);
    if (minAvailable !== undefined) description.field('Min available', String(minAvailable));
    else if (maxUnavailable !== undefined) description.field('Max unavailable', String(maxUnavailable));
    description.field('Selector', selector ? formatLabelSelector(selector) : '<unset>');
    description.line('Status:');
    description.field('Allowed disruptions', String(status.disruptionsAllowed), 2);
    description.field('Current', String(status.currentHealthy), 2);
    description.field('Desired', String(status.desiredHealthy), 2);
    description.field('Total', String(status.expectedPods), 2);
  },
});
