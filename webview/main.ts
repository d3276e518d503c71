// Starts the page.
import { App } from './app.ts';

const root = document.getElementById('panel');
if (root) new App(root, { mermaid: root.dataset.mermaid ?? '', willDraw: root.dataset.willDraw !== undefined });
