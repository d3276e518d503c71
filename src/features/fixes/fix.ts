// A fix is a change that is offered because a re-run has proved it: what it changes, what comes of it, and what it costs.
import type { TextEdit } from '../../manifest/index.ts';

export interface Fix {
  /** The same for the same change, run after run: `tolerate dedicated=gpu:NoSchedule`. */
  readonly id: string;
  /** Imperative: `Tolerate dedicated=gpu:NoSchedule`. */
  readonly title: string;
  /** The id of the finding that it mends. */
  readonly finding: string;
  /** `manifest`: may be written to the files; `cluster`: advice, a kubectl command. */
  readonly target: 'manifest' | 'cluster';
  /** Offsets in the texts as they are; within a file in order, none over another. Empty for the cluster. */
  readonly edits: readonly FileEdits[];
  readonly command?: string;
  /** What the re-run says comes of it: `runs on worker-1 after 3.8 s`. */
  readonly outcome: string;
  /** How much it changes: 1 for a word, more for a field, most for what goes away. */
  readonly cost: number;
  /** How much it weakens what somebody wanted: 0 for a word that was misspelt, more for a node that was kept free. */
  readonly risk: number;
  /** A slip with one way to mend it, and no choice in it: may be mended unseen. */
  readonly isSafe: boolean;
}

export interface FileEdits {
  readonly file: string;
  readonly edits: readonly TextEdit[];
}
