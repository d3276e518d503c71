// What differs between the desktop's extension host and the browser's.
import type { LogOutputChannel } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';

export interface Host {
  /** Makes the client and its server; the client is not started yet. */
  createClient(options: LanguageClientOptions): Promise<BaseLanguageClient>;
  /** Missing where no process can be started. */
  readonly importCluster?: (log: LogOutputChannel) => Promise<void>;
}
