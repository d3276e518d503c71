// What a user may set, and what a client says of itself when it starts the server. Every part may be missing.

/** The section `applyscope` of the client's settings. */
export interface Settings {
  /** A preset's name, or a file or folder: absolute, or from the workspace folder. Empty: the nearest `.applyscope/cluster.yaml`, else `tutorial`. */
  readonly cluster: string;
  /** What is applied together with a file: nothing, what `kubectl apply -f` takes of its folder, or all manifests of the workspace folder. */
  readonly scope: 'file' | 'folder' | 'workspace';
  /** A file that says what images do, as `--images` takes it. Empty: they run for ever. */
  readonly images: string;
  /** Of objects that name none. */
  readonly namespace: string;
  /** By finding: how it is shown in place of its own severity. `*` stands for all that are not named. */
  readonly severity: Readonly<Record<string, ShownSeverity>>;
  /** Whether hovers tell type, default and documentation of fields. */
  readonly fieldDocumentation: boolean;
  readonly codeLens: boolean;
  readonly completion: OfferedCompletion;
}

/**
 * What is completed: everything; only the names of what exists, which nobody else knows; nothing. `auto`: everything, but where another
 * extension knows the fields of Kubernetes only names.
 */
export type OfferedCompletion = 'auto' | 'all' | 'references' | 'off';

export type ShownSeverity = 'error' | 'warning' | 'information' | 'hint' | 'off';

export const defaultSettings: Settings = {
  cluster: '',
  scope: 'file',
  images: '',
  namespace: 'default',
  severity: {},
  fieldDocumentation: true,
  codeLens: true,
  completion: 'auto',
};

/** `initializationOptions`. */
export interface ClientOptions {
  /** For clients without `workspace/configuration`. */
  readonly settings?: Partial<Settings>;
  /** The client has the commands of `commands.ts`: hovers and lenses may name them. */
  readonly commands?: boolean;
  /** The client answers `ClientRequests`: the server has no file system of its own, or not that of the workspace. */
  readonly files?: boolean;
  /** URI of the shipped folder `media`: explanations and documentation of fields are read from there. Default: beside the server. */
  readonly media?: string;
  /** Where the explanation of a finding is, with `{id}` in it, for a client that has a better way than the shipped Markdown file. */
  readonly explanations?: string;
  /** URL of the folder of the server's scripts, with its slash: a worker that another has made does not know where it comes from. */
  readonly scripts?: string;
  /** Findings are asked for (`textDocument/diagnostic`) instead of published. */
  readonly pull?: boolean;
}

/** Requests of the server to a client that said `files`. */
export interface ClientRequests {
  /** The text of a file; null if it is not there or no text. */
  'applyscope/readFile': { params: { readonly uri: string }; result: string | null };
  /** The manifests (.yaml, .yml, .json) of a folder, as URIs in the order of their names. */
  'applyscope/listFiles': { params: { readonly uri: string; readonly recursive: boolean }; result: readonly string[] };
}
