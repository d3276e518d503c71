// Above every workload: how it stands after an apply, and the way to see it.
import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import { verdictsIn } from '../features/editor.ts';
import type { RunRequest } from '../protocol/panel.ts';
import { simulateCommand, type SimulateArguments } from '../protocol/commands.ts';
import type { Settings } from '../protocol/settings.ts';
import { judgementOf, type Context } from './context.ts';
import { folderOf } from './uri.ts';
import type { Task } from './workspace.ts';

export async function codeLenses(context: Context, params: CodeLensParams): Promise<CodeLens[]> {
  const judgement = await judgementOf(context, params);
  if (!judgement?.told) return [];
  const { task, told } = judgement;
  const settings = await context.settingsFor(task.uri);
  if (!settings.codeLens) return [];
  const places = context.workspace.files.placesIn(task.file);
  const request = runRequestOf(task, settings.scope);
  const command = context.client().commands ? simulateCommand : '';
  return verdictsIn(task.file, told).map(({ range, says, seq }) => {
    const given: SimulateArguments = seq === undefined ? [request] : [request, seq];
    const title = `▶ Simulate apply${says === undefined ? '' : ` · ${says}`}`;
    return {
      range: places.rangeOf(range),
      command: { title, command, ...(command && { arguments: [...given] }) },
    };
  });
}

/** The run that a client is to ask for, to see what a manifest was judged by. */
export function runRequestOf({ uri, uris }: Task, scope: Settings['scope']): RunRequest {
  return { uris: scope === 'folder' ? [folderOf(uri)] : uris };
}
