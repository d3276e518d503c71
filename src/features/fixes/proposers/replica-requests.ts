// A workload of which only some Pods fit: the largest request with which all of them do.
import { amountAt, amountText } from '../../../simulator/index.ts';
import { set } from '../change.ts';
import { pendingPod, type PendingPod } from '../pending-pod.ts';
import type { Proposer } from '../proposer.ts';
import { riskOfPart, roundDown } from './requests.ts';

const mostNodes = 50;
const mostReplicas = 100;

export const replicaRequests: Proposer = {
  findings: ['unschedulable'],
  propose(context) {
    const pending = pendingPod(context);
    const siblings = pending?.siblings() ?? [];
    const room = pending && siblings.length > 1 && siblings.length <= mostReplicas ? roomOf(pending) : undefined;
    const own = pending && room ? amountAt(pending.pod, room.path) : undefined;
    if (!pending || !room || own === undefined) return [];
    const least = largestFor(siblings.length, room.free) - (room.asks - own);
    const amount = roundDown(room.resource, least);
    if (amount <= 0 || amount >= own) return [];
    const text = amountText(room.resource, amount);
    return [
      {
        id: `lower ${room.path} ${text}`,
        title: `Lower the request of ${room.resource} to ${text}: all ${siblings.length} Pods fit`,
        cost: 1,
        risk: riskOfPart(amount / own),
        edits: [set(context.declared, pending.path(room.path), /^\d+$/.test(text) ? Number(text) : text)],
      },
    ];
  },
};

interface Room {
  readonly resource: string;
  readonly path: string;
  /** What one Pod asks for. */
  readonly asks: number;
  /** What each node has for Pods of the workload, those that run there included. */
  readonly free: readonly number[];
}

/** Of the one resource that the nodes lack, where they lack nothing else. */
function roomOf(pending: PendingPod): Room | undefined {
  const siblings = pending.siblings();
  let room: Omit<Room, 'free'> | undefined;
  const free: number[] = [];
  for (const node of pending.nodes.slice(0, mostNodes)) {
    const failing = pending.verdict(node)?.all ?? [];
    const [blame, another] = pending.blame(node, 'NodeResourcesFit');
    if (failing.length !== 1 || !blame?.shortage || another || blame.shortage.resource === 'pods') continue;
    const { resource, asks } = blame.shortage;
    room ??= { resource, asks, path: blame.path };
    if (room.resource !== resource) return undefined;
    const own = siblings.filter(({ spec }) => spec?.nodeName === node.metadata.name).length;
    free.push(Math.max(0, blame.shortage.free) + own * asks);
  }
  return room && { ...room, free };
}

/** The largest amount of which the nodes have room for so many; 0 for none. */
function largestFor(count: number, free: readonly number[]): number {
  const fits = (amount: number) => free.reduce((sum, all) => sum + Math.floor(all / amount), 0) >= count;
  const shares = free.flatMap((all) => Array.from({ length: count }, (_, k) => Math.floor(all / (k + 1))));
  return shares.reduce((largest, share) => (share > largest && fits(share) ? share : largest), 0);
}
