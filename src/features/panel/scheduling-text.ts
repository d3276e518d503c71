// A scheduling decision as a small table in text: the nodes, what refused them or how they scored, and the last word.
import type { NodeVerdict, Requeue, SchedulingDecision } from '../../simulator/trace.ts';

/** Rows of a table that a person still reads. */
const mostRows = 60;

export function schedulingText(decision: SchedulingDecision): string {
  const { nodes, message, gated, unknown, attempt, requeuedBy, postFilter } = decision;
  const names = Object.keys(nodes);
  const width = names.reduce((widest, name) => Math.max(widest, name.length), 0);
  const rows = names
    .slice(0, mostRows)
    .map((name) => `${name.padEnd(width)}  ${verdictText(name, nodes[name]!, decision)}`);
  const more = names.length > mostRows ? [`… and ${names.length - mostRows} more nodes`] : [];
  const parts = [
    `attempt ${attempt}${requeuedBy ? `, back in the queue because of ${requeueText(requeuedBy)}` : ''}`,
    [...rows, ...more].join('\n'),
    gated && `held back: ${gated.reasons.join(', ')}`,
    unknown?.map(({ path, reason }) => `unknown: ${[path, reason].filter(Boolean).join(': ')}`).join('\n'),
    message,
    message === undefined ? postFilter?.message : undefined,
  ];
  return parts.filter(Boolean).join('\n\n');
}

function requeueText({ event, object }: Requeue): string {
  return object ? `${event} (${object.kind} ${object.name})` : event;
}

function verdictText(name: string, { first, all, scores, total }: NodeVerdict, decision: SchedulingDecision): string {
  if (first) {
    const hidden = all.filter(({ plugin }) => plugin !== first.plugin);
    const then = hidden.map(({ plugin, reasons }) => `${plugin}: ${reasons.join(', ')}`);
    return `✗ ${first.plugin ?? 'PreFilter'}: ${first.reasons.join(', ')}${then.length ? `; next ${then.join('; ')}` : ''}`;
  }
  const mark = name === decision.node ? '✓ chosen' : decision.best.includes(name) ? '✓ as good' : '✓ fits';
  const parts = Object.entries(scores ?? {}).filter(([, [, , weighted]]) => weighted > 0);
  const sum = parts.map(([plugin, [, , weighted]]) => `${plugin} ${weighted}`).join(' + ');
  return `${mark}${total === undefined ? '' : `, ${total}`}${sum ? ` = ${sum}` : ''}`;
}
