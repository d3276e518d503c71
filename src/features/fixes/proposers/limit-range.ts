// Less or more than a LimitRange of the namespace allows: what it allows, of the other of request and limit as well where they would
// not go together.
import { limitBreaches, type LimitBreach } from '../../../analyzer/forbidden.ts';
import { templatePathOf } from '../../../analyzer/template-paths.ts';
import { valueAt } from '../../../analyzer/value-places.ts';
import { compareQuantities, parseQuantity } from '../../../api/quantity.ts';
import type { Declared } from '../../sources.ts';
import { set, type WrittenEdit } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const limitRange: Proposer = {
  findings: ['forbidden', 'pod-creation'],
  propose({ declared, finding: { message } }) {
    const template = templatePathOf(declared.object.kind);
    const breaches = limitBreaches(message, template ? valueAt(declared.object, template) : declared.object);
    const [first] = breaches;
    if (!first || breaches.some(({ holders }) => holders.length === 0)) return [];
    const prefix = template ? `${template}.` : '';
    const edits = breaches.flatMap((breach) => editsFor(breach, declared, prefix));
    const { bound, resource, list, allowed } = first;
    const verb = bound === 'maximum' ? 'Lower' : 'Raise';
    const title =
      breaches.length === 1
        ? `${verb} the ${resource} ${list.slice(0, -1)} to ${allowed}`
        : 'Keep to the LimitRange of the namespace';
    return [{ id: 'keep to the LimitRange', title, cost: edits.length, risk: 2, edits }];
  },
};

function editsFor({ bound, resource, list, allowed, holders }: LimitBreach, declared: Declared, prefix: string) {
  const value = /^\d+$/.test(allowed) ? Number(allowed) : allowed;
  const other = list === 'limits' ? 'requests' : 'limits';
  return holders.flatMap((holder): WrittenEdit[] => {
    const path = (of: string) => `${prefix}${holder}.resources.${of}[${resource}]`;
    const beyond = isBeyond(valueAt(declared.object, path(other)), bound, allowed);
    return [list, ...(beyond ? [other] : [])].map((of) => set(declared, path(of), value));
  });
}

function isBeyond(amount: unknown, bound: LimitBreach['bound'], allowed: string): boolean {
  if (typeof amount !== 'string' && typeof amount !== 'number') return false;
  const [own, most] = [parseQuantity(amount), parseQuantity(allowed)];
  const sign = own && most ? compareQuantities(own, most) : 0;
  return bound === 'maximum' ? sign > 0 : sign < 0;
}
