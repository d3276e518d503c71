// Tasks that run `applyscope check` with the shipped CLI; the problem matcher `$applyscope` reads what it prints.
import {
  l10n,
  Task,
  TaskGroup,
  tasks,
  TaskScope,
  workspace,
  type Disposable,
  type TaskDefinition,
  type WorkspaceFolder,
} from 'vscode';
import type { Host } from './host.ts';

const taskType = 'applyscope';

/** What tasks.json may say; package.json describes it. */
interface CheckDefinition extends TaskDefinition {
  readonly paths?: readonly string[];
  readonly cluster?: string;
  readonly together?: boolean;
  readonly strict?: boolean;
}

export function registerTasks(checkProcess: NonNullable<Host['checkProcess']>): Disposable {
  const taskFor = (definition: CheckDefinition, scope: WorkspaceFolder | TaskScope, name: string) => {
    const cwd = typeof scope === 'object' ? scope.uri.fsPath : undefined;
    const task = new Task(definition, scope, name, 'Applyscope', checkProcess(argumentsOf(definition), cwd), [
      '$applyscope',
    ]);
    task.group = TaskGroup.Test;
    task.presentationOptions = { clear: true, showReuseMessage: false };
    return task;
  };
  return tasks.registerTaskProvider(taskType, {
    provideTasks: () =>
      (workspace.workspaceFolders ?? []).map((folder) => {
        const task = taskFor({ type: taskType, paths: ['.'] }, folder, l10n.t('check all manifests'));
        task.detail = l10n.t('What would go wrong if the manifests of this folder were applied?');
        return task;
      }),
    resolveTask: ({ definition, scope, name }) => taskFor(definition, scope ?? TaskScope.Workspace, name),
  });
}

/** The command line after `applyscope`. */
function argumentsOf({ paths = ['.'], cluster, together, strict }: CheckDefinition): string[] {
  return [
    'check',
    ...(cluster === undefined ? [] : ['--cluster', cluster]),
    ...(together ? ['--together'] : []),
    ...(strict ? ['--strict'] : []),
    ...['--', ...paths],
  ];
}
