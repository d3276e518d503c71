// The resources that do not suffice, and the container that asks for most.
import { amountText } from '../../simulator/index.ts';
import { listed, mostTold, nameOf, otherSides, placesOf, roomText, type Culprit, type Refusals } from './culprit.ts';

export function resources(refusals: Refusals): Culprit {
  const { nodes, reasons, blame } = refusals;
  const lacking = new Map<string, string>();
  let path: string | undefined;
  for (const { shortage, path: own } of nodes.slice(0, mostTold).flatMap(blame)) {
    if (!shortage || shortage.resource === 'pods' || lacking.has(shortage.resource)) continue;
    path ??= own;
    lacking.set(shortage.resource, amountText(shortage.resource, shortage.asks));
  }
  if (path === undefined) {
    return {
      path: 'spec',
      says: `${listed(nodes)}: ${reasons.join(', ')}. Free a place, or add a node.${roomText(refusals)}`,
      related: placesOf(nodes, 'status.allocatable[pods]', 'allocatable'),
    };
  }
  const texts = [...lacking].map(
    ([resource, asks], i) =>
      `${i ? `nor ${resource}` : `Not enough ${resource} is free`} for the request of ${asks} (${offers(refusals, resource)})`,
  );
  return {
    path,
    says: `${texts.join(', ')}: ask for less, or add a node.${roomText(refusals)}`,
    related: otherSides(refusals),
  };
}

/** What the nodes have of a resource. */
function offers({ nodes, blame }: Refusals, resource: string): string {
  const texts = nodes.slice(0, mostTold).flatMap((node) => {
    const shortage = blame(node).find((one) => one.shortage?.resource === resource)?.shortage;
    if (!shortage) return [];
    const [free, all] = [Math.max(0, shortage.free), shortage.capacity].map((amount) => amountText(resource, amount));
    return `${nameOf(node)} has ${shortage.asks > shortage.capacity ? `${all} in all` : `${free} of ${all} free`}`;
  });
  const more = nodes.length - mostTold;
  return [...texts, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
