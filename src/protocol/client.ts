// What the language server asks of VS Code, where only the editor can reach the files (browser, virtual workspaces), and the commands
// that lenses, hovers and links run there. Other editors send none of these options: the server then reads files from disk.
import type { RunRequest } from './panel.ts';

export interface InitializationOptions {
  /** The client answers `ClientRequests`; without it the server reads from disk. */
  readonly lendsFiles?: boolean;
  /** URI of the shipped `media` folder: presets (`clusters/`), explanations (`findings/ID.md`). Default: beside the server. */
  readonly media?: string;
}

/** Requests of the server to the client. */
export interface ClientRequests {
  /** The text of a file, decoded as UTF-8 without its byte order mark; null where it is not there. Open documents are the server's own to know. */
  'applyscope/readFile': { params: { uri: string }; result: { text: string } | null };
  /** The manifests (.yaml, .yml, .json) of a folder in the order of their paths. */
  'applyscope/findFiles': { params: { uri: string; recursive: boolean }; result: readonly string[] };
}

/** Commands of the client that the server's lenses, hovers and code actions may name. */
export interface Commands {
  /** Opens the panel on a run, at a step if one is given. */
  'applyscope.simulate': [request: RunRequest, seq?: number];
  'applyscope.chooseCluster': [];
}
