// Which of several nodes is taken to make room on: where the least harm is done (pickOneNodeForPreemption).
import type { Preemption } from '../../../trace.ts';
import { compareStarts, type Victims } from './victims.ts';

/** A node on which removing the victims makes room. */
export interface Candidate extends Victims {
  readonly node: string;
}

/** What is told of the candidates: all of them, and the best ones; the real scheduler takes one of these by chance. */
export function preemptionOf(candidates: readonly Candidate[]): Preemption {
  return {
    candidates: candidates.map(({ node, pods, violations }) => ({
      node,
      victims: pods.map(({ key }) => key),
      ...(violations > 0 && { pdbViolations: violations }),
    })),
    nominated: best(candidates).map(({ node }) => node),
  };
}

type Compare = (a: Candidate, b: Candidate) => number;

const priorityOf = ({ pods }: Candidate) => pods[0]?.priority ?? 0;

/** Priorities from 0 on, so that a few victims of negative priority weigh less than many. */
const sumOf = ({ pods }: Candidate) => pods.reduce((sum, { priority }) => sum + priority + 2 ** 31, 0);

/** The earliest start among the most important victims. */
function firstStart({ pods }: Candidate) {
  const [first, ...others] = pods.filter(({ priority }) => priority === pods[0]?.priority);
  return others.reduce((earliest, pod) => (earliest && compareStarts(pod, earliest) >= 0 ? earliest : pod), first);
}

/** One rule after the other, as long as several nodes are left: negative if `a` is to be preferred. */
const rules: readonly Compare[] = [
  (a, b) => a.violations - b.violations,
  (a, b) => priorityOf(a) - priorityOf(b),
  (a, b) => sumOf(a) - sumOf(b),
  (a, b) => a.pods.length - b.pods.length,
  // Of the victims that have run longest, those that began last.
  (a, b) => {
    const [first, second] = [firstStart(a), firstStart(b)];
    return first && second ? compareStarts(second, first) : 0;
  },
];

function best(candidates: readonly Candidate[]): readonly Candidate[] {
  return rules.reduce((left, compare) => {
    const least = left.reduce((a, b) => (compare(b, a) < 0 ? b : a));
    return left.filter((candidate) => compare(candidate, least) === 0);
  }, candidates);
}
