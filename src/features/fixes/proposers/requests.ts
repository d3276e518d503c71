// NodeResourcesFit: the largest request goes down to what is free, where something is.
import { amountAt, amountText, isForgottenMilli } from '../../../simulator/index.ts';
import type { Node } from '../../../api/object.ts';
import { set, type Change, type WrittenEdit } from '../change.ts';
import type { PendingPod, PlacementProposer } from '../pending-pod.ts';

export const requests: PlacementProposer = {
  plugin: 'NodeResourcesFit',
  propose(pending, node) {
    // what places one of several Pods does not place the next
    if (pending.siblings().length > 1) return [];
    const lowered = pending.blame(node, 'NodeResourcesFit').map(({ path, shortage }) => {
      const own = amountAt(pending.pod, path);
      if (!shortage || shortage.resource === 'pods' || own === undefined) return undefined;
      const { resource, asks, free } = shortage;
      // all but this container asks for the rest
      const left = roundDown(resource, own - (asks - Math.max(0, free)));
      return left > 0 ? { path, resource, text: amountText(resource, left), part: left / own } : undefined;
    });
    if (lowered.length === 0 || lowered.some((one) => !one)) return [];
    const parts = lowered.flatMap((one) => one ?? []);
    const texts = parts.map(({ resource, text }) => `${resource} to ${text}`).join(' and of ');
    const least = Math.min(...parts.map(({ part }) => part));
    const change: Change = {
      id: `lower ${parts.map(({ path, text }) => `${path} ${text}`).join(' ')}`,
      title: `Lower the request of ${texts}`,
      cost: parts.length,
      risk: riskOfPart(least),
      edits: parts.flatMap((part) => edits(pending, part.path, part.text)),
    };
    return [...inMillis(pending, node), change];
  },
};

/** `cpu: 500` where 500m is meant. */
function inMillis(pending: PendingPod, node: Node): Change[] {
  const [blame, another] = pending.blame(node, 'NodeResourcesFit');
  if (!blame?.shortage || another || !isForgottenMilli(pending.pod, blame.path, blame.shortage)) return [];
  const text = `${(amountAt(pending.pod, blame.path) ?? 0) / 1000}m`;
  return [
    {
      id: `milli ${blame.path}`,
      title: `Correct the request of cpu to ${text}`,
      cost: 1,
      risk: 1,
      edits: edits(pending, blame.path, text),
    },
  ];
}

/** A container that gets a little less mostly runs; one that gets a tenth of what it asked for does not. */
export const riskOfPart = (part: number) => (part >= 0.75 ? 1 : part >= 0.4 ? 2 : 4);

/** A request that is only implied by a limit is written out. */
function edits({ declared, path }: PendingPod, own: string, text: string): WrittenEdit[] {
  return [set(declared, path(own), /^\d+$/.test(text) ? Number(text) : text)];
}

/** To what people write: whole mebibytes, hundredths of a cpu. */
export function roundDown(resource: string, amount: number): number {
  if (resource === 'cpu') return amount > 100 ? amount - (amount % 10) : amount;
  const unit = 2 ** 20;
  const isBytes = resource === 'memory' || resource === 'ephemeral-storage';
  return isBytes && amount > unit ? amount - (amount % unit) : amount;
}
