// What the parts of the extension share.
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { ActiveManifest } from './active-manifest.ts';
import type { Server } from './server.ts';

export interface Services {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly server: Server;
  readonly active: ActiveManifest;
}
