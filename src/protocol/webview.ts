// Messages between the panel's page and the extension.
import type { FileEdit, Place, RunRequest, RunView, StoryDepth } from './panel.ts';
import type { Method, Requests } from './requests.ts';

/** What the page keeps over a reload (`setState`) and the serializer gives back. */
export interface PanelState {
  readonly request: RunRequest;
  readonly tab: 'sequence' | 'nodes' | 'kubectl' | 'stored' | 'whatIf' | 'fixes';
  readonly depth: StoryDepth;
  /** The selected step. */
  readonly seq?: number;
  /** Virtual milliseconds of the time line. */
  readonly time?: number;
}

/** A diagram as it was drawn: kept while the extension runs, so that a page that is opened again need not draw it. */
export interface Picture {
  readonly mermaid: string;
  /** The font that its texts were measured in. */
  readonly font: string;
  /** SVG text. */
  readonly svg: string;
}

export type ToExtension =
  | { readonly type: 'ready' }
  | { readonly type: 'drawn'; readonly picture: Picture }
  | { [M in Method]: { readonly type: 'request'; id: number; method: M; params: Requests[M]['params'] } }[Method]
  | { readonly type: 'reveal'; readonly place: Place }
  | { readonly type: 'apply'; readonly edits: readonly FileEdit[] }
  | { readonly type: 'copy'; readonly text: string }
  /** `content` is text, or base64 for `png`. */
  | { readonly type: 'save'; readonly format: 'svg' | 'png' | 'markdown'; readonly content: string }
  | { readonly type: 'chooseCluster' }
  | { readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string };

export type ToWebview =
  /** A run to show; the page keeps its selection where the step is still there. */
  | {
      readonly type: 'run';
      readonly request: RunRequest;
      readonly view: RunView;
      readonly state?: PanelState;
      /** Of the story of `view`, if it was drawn before. */
      readonly picture?: Picture;
    }
  | { readonly type: 'busy'; readonly title: string }
  | { readonly type: 'problem'; readonly message: string }
  | { readonly type: 'response'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number; readonly code: number; readonly message: string }
  /** Show a step: a link in a hover was followed. */
  | { readonly type: 'select'; readonly seq: number };
