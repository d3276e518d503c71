// Which kinds have rules: one line a kind. What is not in the list is unknown, never valid.
import { checkPodCreate } from './pod/pod.ts';
import { unmodelledPodFields } from './pod/unmodelled.ts';
import type { KindRules } from './validation.ts';

const rules: Readonly<Record<string, KindRules>> = {
  'v1 Pod': { create: checkPodCreate, unmodelled: unmodelledPodFields },
};

export function rulesOf(apiVersion: string, kind: string): KindRules | undefined {
  return rules[`${apiVersion} ${kind}`];
}
