// Which commands kubectl has here. A command without a line is not modelled, and kubectl says so.
import type { Command } from './command.ts';
import { apply } from './commands/apply.ts';
import { describe } from './commands/describe.ts';
import { get } from './commands/get.ts';

export const commands: Readonly<Record<string, Command>> = { apply, describe, get };
