// Which commands kubectl has here beside apply, which the whole house is about. A command without a line is not modelled, and kubectl says so.
import type { Command } from './command.ts';
import { cordon, drain, uncordon } from './commands/cordon.ts';
import { create, replace } from './commands/create.ts';
import { remove } from './commands/delete.ts';
import { describe } from './commands/describe.ts';
import { diff } from './commands/diff.ts';
import { explain } from './commands/explain.ts';
import { get } from './commands/get.ts';
import { annotate, label } from './commands/label.ts';
import { kustomize } from './commands/kustomize.ts';
import { rollout } from './commands/rollout.ts';
import { patch, scale } from './commands/scale.ts';
import { taint } from './commands/taint.ts';
import { wait } from './commands/wait.ts';

const commands: Readonly<Record<string, Command>> = {
  annotate,
  cordon,
  create,
  delete: remove,
  describe,
  diff,
  drain,
  explain,
  get,
  kustomize,
  label,
  patch,
  replace,
  rollout,
  scale,
  taint,
  uncordon,
  wait,
};

export function commandNamed(name: string): Command | undefined {
  return commands[name];
}

/** For those who asked for another. */
export function commandNames(): string[] {
  return Object.keys(commands);
}
