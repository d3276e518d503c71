// The settings as a client hands them out (`workspace/configuration`, section `applyscope`, scoped to a resource). package.json declares the same.

export type FindingSeverity = 'error' | 'warning' | 'information' | 'hint' | 'off';

export interface Settings {
  /** A file, a folder or a preset; relative to the workspace folder. Empty: the nearest `.applyscope/cluster.yaml`, else `tutorial`. */
  readonly cluster: string;
  /** A file that says what images do, as `--images` takes it; relative to the workspace folder. */
  readonly images: string;
  /** The namespace of objects that name none. */
  readonly namespace: string;
  /** What counts as one `kubectl apply -f`. */
  readonly together: 'file' | 'folder' | 'workspace';
  /** By finding id; what is not named keeps its own. */
  readonly severity: Readonly<Record<string, FindingSeverity>>;
  readonly codeLens: { readonly enabled: boolean };
  readonly hover: {
    /** The verdict on flagged and scheduling fields. */
    readonly verdict: boolean;
    /** Type, default and documentation of any field. */
    readonly fields: boolean;
  };
  readonly completion: { readonly enabled: boolean };
}

export const defaultSettings: Settings = {
  cluster: '',
  images: '',
  namespace: 'default',
  together: 'file',
  severity: {},
  codeLens: { enabled: true },
  hover: { verdict: true, fields: true },
  completion: { enabled: true },
};
