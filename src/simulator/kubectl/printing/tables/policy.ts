// `kubectl get poddisruptionbudgets|priorityclasses`.
import type { PodDisruptionBudget, PriorityClass } from '../../../../api/object.ts';
import { tablePrinter } from '../table.ts';
import { ageOf, nameOf } from './cells.ts';

export const podDisruptionBudgetPrinter = tablePrinter<PodDisruptionBudget>(
  ['Name', 'Min Available', 'Max Unavailable', 'Allowed Disruptions', 'Age'],
  (budget, moment) => {
    const { minAvailable = 'N/A', maxUnavailable = 'N/A' } = budget.spec ?? {};
    return [
      nameOf(budget),
      minAvailable,
      maxUnavailable,
      budget.status?.disruptionsAllowed ?? 0,
      ageOf(budget, moment),
    ];
  },
);

export const priorityClassPrinter = tablePrinter<PriorityClass>(
  ['Name', 'Value', 'Global-Default', 'Age', 'PreemptionPolicy'],
  (priorityClass, moment) => [
    nameOf(priorityClass),
    priorityClass.value,
    String(priorityClass.globalDefault ?? false),
    ageOf(priorityClass, moment),
    priorityClass.preemptionPolicy ?? '',
  ],
);
