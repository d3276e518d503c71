// The sequence diagram of a story: drawn by Mermaid, chosen from by mouse, in step with the list.
import type { StoryView } from '../../src/protocol/panel.ts';
import type { Picture } from '../../src/protocol/webview.ts';
import { followWidth, h } from '../dom.ts';
import { draw, fontFamily, loadMermaid, pictureOf } from './mermaid.ts';
import { markSteps } from './marks.ts';
import { pageRules } from './style.ts';
import { Viewport } from './viewport.ts';

export class Diagram {
  readonly root: HTMLElement;
  /** Zoom; stands outside, where it covers nothing. */
  readonly tools: HTMLElement;
  readonly #viewport = new Viewport();
  readonly #source: string;
  readonly #onDrawn: (picture: Picture) => void;
  #story: StoryView | undefined;
  #svg: SVGSVGElement | undefined;
  #seq: number | undefined;

  /** `source` is the address of Mermaid's bundle; `onSelect` is told of clicks, `onDrawn` of what is in the page, and can be shown again without drawing it. */
  constructor(source: string, onSelect: (seq: number) => void, onDrawn: (picture: Picture) => void) {
    this.#source = source;
    this.#onDrawn = onDrawn;
    const tool = (label: string, title: string, onclick: () => void) =>
      h('button', { type: 'button', title, onclick }, label);
    this.tools = h(
      'div',
      { class: 'segments zoom', role: 'toolbar', 'aria-label': 'Zoom' },
      tool('−', 'Smaller', () => this.#viewport.zoomBy(1 / 1.25)),
      tool('+', 'Larger', () => this.#viewport.zoomBy(1.25)),
      tool('Fit', 'The whole width', () => this.#viewport.fit()),
      tool('100%', 'Actual size', () => this.#viewport.reset()),
    );
    this.root = h('div', { class: 'diagram' }, this.#viewport.root);
    this.#viewport.root.addEventListener('click', ({ target }) => {
      const seq = (target as Element).closest<SVGElement>('[data-seq]')?.dataset.seq;
      if (seq !== undefined && !this.#viewport.root.classList.contains('panning')) onSelect(Number(seq));
    });
    followWidth(this.root, () => this.#reveal());
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(pageRules());
    document.adoptedStyleSheets.push(sheet);
  }

  /** The picture as it is shown; missing before the first. */
  get svg(): SVGSVGElement | undefined {
    return this.#svg;
  }

  /** Draws a story, unless it is the one that is shown, or `picture` is one of it. Resolves when it is in the page. */
  async show(story: StoryView, picture?: Picture): Promise<void> {
    if (story.mermaid === this.#story?.mermaid && this.#svg) {
      this.#story = story;
      markSteps(this.#svg, story);
      return;
    }
    this.#story = story;
    const { mermaid } = story;
    const isDrawn = picture?.mermaid === mermaid && picture.font === fontFamily();
    const drawn = isDrawn ? picture.svg : await draw(this.#source, mermaid);
    // another one has been asked for meanwhile
    if (this.#story !== story) return;
    // what is shown next will have to be drawn
    if (isDrawn) setTimeout(() => void loadMermaid(this.#source), 500);
    const svg = pictureOf(drawn);
    svg.classList.add('sequence');
    svg.setAttribute('role', 'img');
    svg.removeAttribute('aria-roledescription');
    svg.setAttribute('aria-label', 'Sequence diagram of the steps that are listed');
    markSteps(svg, story);
    this.#svg = svg;
    this.#viewport.show(svg);
    this.select(this.#seq);
    this.#onDrawn({ mermaid, font: fontFamily(), svg: drawn });
  }

  /** Marks the step that is selected, and brings it in sight. */
  select(seq: number | undefined): void {
    this.#seq = seq;
    for (const old of this.#svg?.querySelectorAll('.selected') ?? []) old.classList.remove('selected');
    const own = this.#svg?.querySelectorAll(`[data-seq="${seq ?? 'none'}"]`) ?? [];
    for (const element of own) element.classList.add('selected');
    this.#reveal();
  }

  #reveal(): void {
    const selected = this.#svg?.querySelector('.selected');
    if (selected) this.#viewport.reveal(selected);
  }

  /** Draws again, after the theme has brought another font. */
  async redraw(): Promise<void> {
    const story = this.#story;
    this.#story = undefined;
    if (story) await this.show(story);
  }
}
