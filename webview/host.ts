// The page's line to the extension: questions with answers, and what is kept over a reload.
import type { Method, Requests } from '../src/protocol/requests.ts';
import type { PanelState, ToExtension, ToWebview } from '../src/protocol/webview.ts';

interface VsCode {
  postMessage(message: ToExtension): void;
  getState(): PanelState | undefined;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCode;

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

export class Host {
  readonly #vscode = acquireVsCodeApi();
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  constructor(onMessage: (message: ToWebview) => void) {
    window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
      if (data.type === 'response' || data.type === 'error') this.#answered(data);
      else onMessage(data);
    });
    window.addEventListener('error', ({ message }) => this.post({ type: 'log', level: 'error', message }));
    window.addEventListener('unhandledrejection', ({ reason }) =>
      this.post({ type: 'log', level: 'error', message: String(reason) }),
    );
  }

  post(message: ToExtension): void {
    this.#vscode.postMessage(message);
  }

  /** Asks the server. Rejects with what it says, also for a run that is no longer kept: the extension then sends another. */
  ask<M extends Method>(method: M, params: Requests[M]['params']): Promise<Requests[M]['result']> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.post({ type: 'request', id, method, params } as ToExtension);
    });
  }

  get state(): PanelState | undefined {
    return this.#vscode.getState();
  }

  set state(state: PanelState) {
    this.#vscode.setState(state);
  }

  #answered(message: Extract<ToWebview, { readonly id: number }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'response') waiting?.resolve(message.result as never);
    else waiting?.reject(new Error(message.message));
  }
}
