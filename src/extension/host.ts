// What differs between the desktop's extension host and the browser's.
import type { LogOutputChannel, ProcessExecution } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';

export interface Host {
  /** Makes the client and its server; the client is not started yet. */
  createClient(options: LanguageClientOptions): Promise<BaseLanguageClient>;
  /** Missing where no process can be started. */
  readonly importCluster?: (log: LogOutputChannel) => Promise<void>;
  /** `applyscope ARGS` as a task's process. Missing where no process can be started. */
  readonly checkProcess?: (args: string[], cwd: string | undefined) => ProcessExecution;
}
