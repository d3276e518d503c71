// Every rule there is. A new finding is one file in rules/, one test, and one line here.
import type { Rule } from './finding.ts';
import { containerWaiting } from './rules/container-waiting.ts';
import { notConverged } from './rules/not-converged.ts';
import { refused } from './rules/refused.ts';
import { serviceWithoutEndpoints } from './rules/service-without-endpoints.ts';
import { unknown } from './rules/unknown.ts';
import { unschedulable } from './rules/unschedulable.ts';

export const rules: readonly Rule[] = [
  refused,
  unschedulable,
  containerWaiting,
  serviceWithoutEndpoints,
  unknown,
  notConverged,
];
