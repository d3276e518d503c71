// Tasks that run `applyscope check`; the problem matcher `$applyscope` reads what it prints.
import {
  l10n,
  ShellExecution,
  Task,
  TaskGroup,
  tasks,
  TaskScope,
  workspace,
  type Disposable,
  type TaskDefinition,
  type WorkspaceFolder,
} from 'vscode';

const taskType = 'applyscope';

/** What tasks.json may say; package.json describes it. */
interface CheckDefinition extends TaskDefinition {
  readonly paths?: readonly string[];
  readonly cluster?: string;
  readonly together?: boolean;
  readonly strict?: boolean;
}

export function registerTasks(): Disposable {
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

function taskFor(definition: CheckDefinition, scope: WorkspaceFolder | TaskScope, name: string): Task {
  const program = workspace.getConfiguration('applyscope').get<string>('cli.path') || 'applyscope';
  const execution = new ShellExecution(program, argumentsOf(definition));
  const task = new Task(definition, scope, name, 'Applyscope', execution, ['$applyscope']);
  task.group = TaskGroup.Test;
  task.presentationOptions = { clear: true, showReuseMessage: false };
  return task;
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
