// What an answer function may see of a recorded case: the question, without anything that was recorded.
import { isObject } from '../../../src/base/json.ts';

export type Case = Readonly<Record<string, unknown>> & { readonly id: string };

const recorded = ['expect', 'stored', 'dump', 'patch', 'hash', 'collision', 'revision', 'revisionCollision'];
const recordedInItems = ['expect', 'exit', 'stdout', 'stderr', 'anyOf'];

/** A case without its recorded parts; of a hash case the collision counts that are asked for stay. */
export function questionOf(given: Case): Case {
  const question: Record<string, unknown> & { id: string } = { ...given };
  for (const part of recorded) delete question[part];
  if (isObject(given.collision)) question.collisionCounts = Object.keys(given.collision);
  for (const list of ['queries', 'lookups', 'steps']) {
    const items = question[list];
    if (Array.isArray(items)) question[list] = items.map(withoutRecorded);
  }
  return question;
}

function withoutRecorded(item: unknown): unknown {
  if (!isObject(item)) return item;
  return Object.fromEntries(Object.entries(item).filter(([key]) => !recordedInItems.includes(key)));
}

/** The commands of a recorded scenario, and which of equal nodes its Pods got (see the judge: chance, to be followed only among equals). */
export function scenarioQuestion(
  recording: unknown,
  nodes: unknown,
): { commands: unknown[]; choices?: Record<string, string> } {
  const steps = (recording as { steps: Record<string, unknown>[] }).steps;
  const commands = steps.flatMap((step): Record<string, unknown>[] => {
    if (step.step === 'kubectl') return [{ step: 'kubectl', cmd: step.cmd }];
    if (step.step === 'checkpoint') {
      return [{ step: 'checkpoint', name: step.name, cmds: (step.outputs as { cmd: string }[]).map(({ cmd }) => cmd) }];
    }
    return step.step === 'startNode' || step.step === 'stopNode' ? [{ step: step.step, node: step.node }] : [];
  });
  const { nodes: now, later } = (nodes ?? { nodes: [], later: [] }) as { nodes: unknown[]; later: unknown[] };
  if (now.length + later.length < 2) return { commands };
  const choices: Record<string, string> = {};
  for (const step of steps) {
    const node = step.step === 'write' && step.resource === 'pods' ? boundNode(step) : undefined;
    if (node !== undefined) choices[String(step.name)] = node;
  }
  return { commands, choices };
}

function boundNode(step: Record<string, unknown>): string | undefined {
  const { spec } = (step.object ?? {}) as { spec?: { nodeName?: string } };
  const changes = (step.changes ?? []) as { path: string; to?: string }[];
  return spec?.nodeName ?? changes.find(({ path }) => path === 'spec.nodeName')?.to;
}
