// The run was cut: at its horizon something was still going on, or it took more steps than allowed.
import { refOf } from '../../api/object.ts';
import type { Rule } from '../finding.ts';

export const notConverged: Rule = {
  ids: ['not-converged'],
  find: ({ end, applied, trace }) => {
    const [first] = applied;
    if ((end !== 'horizon' && end !== 'step-cap') || !first) return [];
    const why = end === 'horizon' ? 'when the simulated time was over' : 'after the largest number of steps';
    return [
      {
        id: 'not-converged',
        severity: 'info',
        subject: refOf(first),
        related: [],
        dependsOn: 'objects',
        field: { path: '' },
        message: `the cluster had not come to rest ${why}`,
        explanation: 'What is shown is how things stood at that moment.',
        steps: trace.length ? [trace.length - 1] : [],
      },
    ];
  },
};
