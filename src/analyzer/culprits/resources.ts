// The resources that do not suffice, and the container that asks for most.
import type { Node } from '../../api/object.ts';
import { amountAt, amountText, isForgottenMilli, type Blame } from '../../simulator/index.ts';
import { nearest } from '../suggest.ts';
import {
  listed,
  mostTold,
  nameOf,
  otherSides,
  placesOf,
  roomText,
  told,
  type Culprit,
  type Refusals,
} from './culprit.ts';

export function resources(refusals: Refusals): Culprit {
  const { nodes, reasons, blame } = refusals;
  const lacking = new Map<string, Blame>();
  for (const one of nodes.slice(0, mostTold).flatMap(blame)) {
    const { resource = 'pods' } = one.shortage ?? {};
    if (resource !== 'pods' && !lacking.has(resource)) lacking.set(resource, one);
  }
  const [first] = lacking.values();
  if (!first) {
    return {
      path: 'spec',
      says: `${told(refusals) ?? `${listed(nodes)}: ${reasons.join(', ')}`}. Free a place, or add a node.${roomText(refusals)}`,
      related: placesOf(nodes, 'status.allocatable[pods]', 'allocatable'),
    };
  }
  const [bare] = nodes;
  const isBare = bare && nodes.length === 1 && Object.keys(bare.status?.allocatable ?? {}).length === 0;
  const texts = [...lacking.values()].map((one, i) => lackText(one, i === 0, refusals));
  return {
    path: first.path,
    says: isBare
      ? `Node ${nameOf(bare)} has no status.allocatable, so that nothing fits on it.`
      : `${texts.join(', ')}: ${remedyOf(first, lacking.size, refusals)}${roomText(refusals)}`,
    related: otherSides(refusals),
  };
}

function lackText({ shortage, path }: Blame, isFirst: boolean, refusals: Refusals): string {
  const { resource = '', asks = 0 } = shortage ?? {};
  const amount = amountText(resource, asks);
  // of what several containers ask for together, only the largest part stands at the path
  const what =
    amountAt(refusals.pod, path) === asks ? `the request of ${amount}` : `the ${amount} that the Pod comes to`;
  return `${isFirst ? `Not enough ${resource} is free` : `nor ${resource}`} for ${what} (${offers(refusals, resource)})`;
}

function remedyOf({ shortage, path }: Blame, count: number, { all, pod }: Refusals): string {
  const { resource = '' } = shortage ?? {};
  if (shortage && count === 1 && isForgottenMilli(pod, path, shortage)) {
    return `did you mean ${amountText('cpu', shortage.asks / 1000)}?`;
  }
  const offered = new Set(all.flatMap(({ status }) => Object.keys(status?.allocatable ?? {})));
  if (offered.has(resource) || !resource.includes('/')) return 'ask for less, or add a node.';
  const meant = nearest(resource, offered);
  return meant ? `no node has it, did you mean ${meant}?` : 'no node has it. Add one that does.';
}

/** What the nodes have of a resource. */
function offers({ nodes, blame }: Refusals, resource: string): string {
  const texts = nodes.slice(0, mostTold).flatMap((node: Node) => {
    const shortage = blame(node).find((one) => one.shortage?.resource === resource)?.shortage;
    if (!shortage) return [];
    const [free, all] = [Math.max(0, shortage.free), shortage.capacity].map((amount) => amountText(resource, amount));
    return `${nameOf(node)} has ${shortage.asks > shortage.capacity ? `${all} in all` : `${free} of ${all} free`}`;
  });
  const more = nodes.length - mostTold;
  return [...texts, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
