// What one takes away: the diagram as Mermaid text, SVG and PNG, the run as a Markdown report.
import type { App } from './app.ts';
import { pngBase64, svgText } from './diagram/picture.ts';
import { h } from './dom.ts';

/** A button that opens the list of formats. */
export function exportTools(app: App, picture: () => SVGSVGElement | undefined): HTMLElement {
  const save = {
    svg: async () => {
      const svg = picture();
      if (svg) app.host.post({ type: 'save', format: 'svg', content: await Promise.resolve(svgText(svg)) });
    },
    png: async () => {
      const svg = picture();
      if (svg) app.host.post({ type: 'save', format: 'png', content: await pngBase64(svg) });
    },
    markdown: async () => {
      const { view, depth } = app.state;
      if (!view) return;
      const { markdown } = await app.host.ask('applyscope/report', { run: view.run, depth });
      app.host.post({ type: 'save', format: 'markdown', content: markdown });
    },
  };
  const menu = h('div', { class: 'menu', popover: 'auto', role: 'menu', 'aria-label': 'Export' });
  const item = (label: string, work: () => Promise<void>) => {
    const onclick = () => {
      menu.hidePopover();
      app.log(work());
    };
    menu.append(h('button', { type: 'button', role: 'menuitem', onclick }, label));
  };
  const copy = () => {
    const text = app.state.story?.mermaid;
    if (text !== undefined) app.host.post({ type: 'copy', text });
    return Promise.resolve();
  };
  item('Copy Mermaid', copy);
  item('Diagram as SVG', save.svg);
  item('Diagram as PNG', save.png);
  item('Report as Markdown', save.markdown);
  menu.addEventListener('keydown', (event) => moveIn(menu, event));
  const onclick = () => menu.togglePopover();
  const open = h(
    'button',
    { type: 'button', title: 'Copy or save diagram and report', 'aria-haspopup': 'menu', onclick },
    'Export…',
  );
  menu.addEventListener('toggle', () => {
    if (!menu.matches(':popover-open')) return;
    const { bottom, right } = open.getBoundingClientRect();
    menu.style.top = `${bottom + 4}px`;
    // below the button, and never out of the page
    menu.style.left = `${Math.max(4, right - menu.offsetWidth)}px`;
    (menu.firstElementChild as HTMLElement | null)?.focus();
  });
  return h('div', {}, h('div', { class: 'segments' }, open), menu);
}

function moveIn(menu: HTMLElement, event: KeyboardEvent): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const items = [...menu.children] as HTMLElement[];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + by + items.length) % items.length]?.focus();
}
