// Commands for when something is wrong: the log, restarting the server, reporting an issue.
import { commands, env, version, window, type Disposable } from 'vscode';
import type { Services } from './services.ts';

export function registerSupport({ context, log, server }: Services): Disposable[] {
  const { extension } = context;
  return [
    commands.registerCommand('applyscope.showLog', () => log.show()),
    commands.registerCommand('applyscope.restartServer', async () => {
      await server.restart();
      window.setStatusBarMessage('$(check) Applyscope', 2000);
    }),
    commands.registerCommand('applyscope.reportIssue', () =>
      commands.executeCommand('workbench.action.openIssueReporter', {
        extensionId: extension.id,
        issueBody: issueBody(String((extension.packageJSON as { version?: string }).version)),
      }),
    ),
  ];
}

/** What helps to understand a report. No file names and no manifests: whoever reports decides what to show. */
const issueBody = (
  own: string,
) => `<!-- The manifest (without secrets), what Applyscope said, and what Kubernetes did. -->

- Applyscope ${own}
- ${env.appName} ${version}, ${env.appHost}
`;
