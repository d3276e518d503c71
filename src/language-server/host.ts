// What the server needs of the machine it runs on. Node and the browser each have their own; tests have one in memory.
import type { SavedState, Source } from '../features/index.ts';

export interface Preset {
  readonly text: string;
  /** At rest, if the build has brought it there. */
  readonly settled?: SavedState;
}

/** How files are reached. */
export interface Reader {
  /** A file's text, and what makes kubectl refuse its bytes; undefined if it cannot be read. */
  readonly read: (uri: string) => Promise<Pick<Source, 'text' | 'problem'> | undefined>;
  /** The manifests (.yaml, .yml, .json) of a folder, as URIs in the order of their names; empty if there is no such folder. */
  readonly list: (uri: string, recursive: boolean) => Promise<readonly string[]>;
}

export interface Host {
  /** The machine's own files; undefined where there are none to reach. */
  readonly local: Reader | undefined;
  readonly presets: Readonly<Record<string, Preset>>;
  /** URI of the shipped folder `media`, if the server knows it without being told. */
  readonly media: string | undefined;
  /** Resolves once messages that have arrived meanwhile have been taken in. */
  readonly pause: () => Promise<void>;
  /** Takes the folder of the server's own scripts, from a client that told it; absent where the server knows it. */
  readonly scriptsAt?: (folder: string) => void;
}
