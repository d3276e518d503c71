// Amounts of resources in words, and what a Pod asks for at one place.
import type { Pod } from '../../../api/object.ts';
import { formatQuantity, milliValue, parseQuantity, value } from '../../../api/quantity.ts';
import type { Shortage } from '../plugins/node-resources-fit.ts';

const mebi = 2 ** 20;
const gibi = 2 ** 30;

/** As people write it: `500m` of cpu, `1536Mi` of memory; bytes that are neither whole mebibytes nor megabytes are rounded. */
export function amountText(resource: string, amount: number): string {
  const isBytes = resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-');
  if (amount >= Number.MAX_SAFE_INTEGER) return isBytes ? 'more than 8Pi' : 'more than 9P';
  if (isBytes && amount > mebi && amount % mebi !== 0 && amount % 1e6 !== 0) {
    return amount < gibi ? `${Math.round(amount / mebi)}Mi` : `${(amount / gibi).toFixed(1)}Gi`;
  }
  const quantity = parseQuantity(resource === 'cpu' ? `${amount}m` : amount);
  if (!quantity) return String(amount);
  const { text: _, ...plain } = quantity;
  const isBinary = isBytes && (amount % mebi === 0 || amount % 1e6 !== 0);
  return formatQuantity({ ...plain, format: isBinary ? 'BinarySI' : 'DecimalSI' });
}

/** The request at a path of the Pod, as the scheduler counts it. */
export function amountAt({ spec }: Pod, path: string): number | undefined {
  const [, list, index, resource = ''] =
    /^spec(?:\.(containers|initContainers)\[(\d+)\])?\.resources\.requests\[(.*)\]$/.exec(path) ?? [];
  const holder = list === 'containers' || list === 'initContainers' ? spec?.[list]?.[Number(index)] : spec;
  const request = holder?.resources?.requests?.[resource];
  const quantity = request === undefined ? undefined : parseQuantity(request);
  return quantity && (resource === 'cpu' ? milliValue(quantity) : value(quantity));
}

/** A whole number of cpus, a hundred or more, that no node comes near to: thousandths may be meant. */
export function isForgottenMilli(pod: Pod, path: string, { resource, asks, capacity }: Shortage): boolean {
  const own = amountAt(pod, path);
  return resource === 'cpu' && own === asks && own % 1000 === 0 && own >= 100_000 && own > 5 * capacity;
}
