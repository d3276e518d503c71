// A request above its limit: one of the two gives way.
import { set, type Change } from '../change.ts';
import type { FixContext, Proposer } from '../proposer.ts';

export const requestAboveLimit: Proposer = {
  findings: ['invalid-field'],
  propose(context) {
    const [, request = '', resource = '', limit = ''] =
      /Invalid value: "(.*)": must be less than or equal to (\S+) limit of (.*)$/.exec(context.finding.message) ?? [];
    if (!resource) return [];
    return [change(context, 'limits', resource, request), change(context, 'requests', resource, limit)];
  },
};

function change(
  { declared, finding }: FixContext,
  list: 'limits' | 'requests',
  resource: string,
  value: string,
): Change {
  const path = finding.field.path.replace(/requests$/, `${list}[${resource}]`);
  return {
    id: `set ${path} ${value}`,
    title: list === 'limits' ? `Raise the ${resource} limit to ${value}` : `Lower the ${resource} request to ${value}`,
    ...{
      cost: 1,
      risk: list === 'limits' ? 1 : 2,
      edits: [set(declared, path, /^\d+$/.test(value) ? Number(value) : value)],
    },
  };
}
