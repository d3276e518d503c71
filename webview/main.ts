// Starts the page, with what it has brought along.
import type { ToWebview } from '../src/protocol/webview.ts';
import { App } from './app.ts';

const root = document.getElementById('panel');
const textOf = (id: string) => document.getElementById(id)?.textContent;

/** Mermaid's bundle: its address, or its text where the page has brought it along. */
function mermaid(): string {
  const text = textOf('drawing');
  return text ? URL.createObjectURL(new Blob([text], { type: 'text/javascript' })) : (root?.dataset.mermaid ?? '');
}

if (root) {
  const first = textOf('first');
  new App(root, {
    ...{ mermaid: mermaid(), willDraw: textOf('drawing') !== undefined },
    ...(first && { first: JSON.parse(first) as ToWebview }),
  });
}
