// The window on the diagram: scroll, drag, zoom, fit, with the heads of the lanes always in sight.
import { h } from '../dom.ts';
import { fontSize } from './mermaid.ts';

/** Smallest text that a diagram opens with, in pixels; below it one scrolls. */
const smallestText = 11;
const limits = { least: 0.2, most: 3 };

export class Viewport {
  readonly root: HTMLElement;
  readonly #canvas = h('div', { class: 'canvas' });
  #svg: SVGSVGElement | undefined;
  #heads: SVGSVGElement | undefined;
  #headHeight = 0;
  #width = 0;
  #height = 0;
  #zoom = 1;

  constructor() {
    this.root = h(
      'div',
      { class: 'viewport', tabindex: '0', role: 'group', 'aria-label': 'Sequence diagram' },
      this.#canvas,
    );
    this.root.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.#drag();
  }

  /** Shows another diagram from its beginning; the zoom stays unless it is the first. */
  show(svg: SVGSVGElement): void {
    const isFirst = !this.#svg;
    const { x, y, width, height } = svg.viewBox.baseVal;
    this.#svg = svg;
    [this.#width, this.#height] = [width, height];
    const bottom = Math.max(0, ...[...svg.querySelectorAll('rect.actor')].map((rect) => bottomOf(rect)));
    this.#headHeight = bottom - y + 6;
    this.#heads = headsOf(svg, `${x} ${y} ${width} ${this.#headHeight}`);
    this.#canvas.replaceChildren(this.#heads, svg);
    if (isFirst) this.#zoom = Math.min(1, Math.max(smallestText / fontSize, this.#fitting()));
    this.#scale();
    this.root.scrollTo({ left: 0, top: 0 });
  }

  #fitting(): number {
    return (this.root.clientWidth - 2) / this.#width;
  }

  #scale(): void {
    const size = (element: SVGSVGElement | undefined, width: number, height: number) => {
      element?.setAttribute('width', String(width * this.#zoom));
      element?.setAttribute('height', String(height * this.#zoom));
    };
    size(this.#svg, this.#width, this.#height);
    size(this.#heads, this.#width, this.#headHeight);
    // the picture has its own heads: those that stay in sight lie over them
    if (this.#svg) this.#svg.style.marginTop = `${-this.#headHeight * this.#zoom}px`;
  }

  /** The whole width in sight. */
  fit(): void {
    this.#zoomTo(this.#fitting());
    this.root.scrollTo({ left: 0 });
  }

  zoomBy(factor: number): void {
    this.#zoomTo(this.#zoom * factor);
  }

  reset(): void {
    this.#zoomTo(1);
  }

  /** Keeps the point under `x`, `y` of the window (its middle unless given) where it is. */
  #zoomTo(zoom: number, x = this.root.clientWidth / 2, y = this.root.clientHeight / 2): void {
    const before = this.#zoom;
    this.#zoom = Math.min(limits.most, Math.max(limits.least, zoom));
    const factor = this.#zoom / before;
    const { scrollLeft, scrollTop } = this.root;
    this.#scale();
    this.root.scrollTo({ left: (scrollLeft + x) * factor - x, top: (scrollTop + y) * factor - y });
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { left, top } = this.root.getBoundingClientRect();
    this.#zoomTo(this.#zoom * Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
  }

  /** Dragging with the mouse pans; a finger scrolls by itself. */
  #drag(): void {
    const { root } = this;
    root.addEventListener('pointerdown', (start) => {
      if (start.button !== 0 || start.pointerType !== 'mouse') return;
      const [left, top] = [root.scrollLeft, root.scrollTop];
      const move = (event: PointerEvent) => {
        const [byX, byY] = [event.clientX - start.clientX, event.clientY - start.clientY];
        if (Math.abs(byX) + Math.abs(byY) > 3) root.classList.add('panning');
        root.scrollTo({ left: left - byX, top: top - byY });
      };
      window.addEventListener('pointermove', move);
      window.addEventListener(
        'pointerup',
        () => {
          window.removeEventListener('pointermove', move);
          root.classList.remove('panning');
        },
        { once: true },
      );
    });
  }

  /** Scrolls as little as shows an element below the heads. */
  reveal(element: Element): void {
    const [place, view] = [element.getBoundingClientRect(), this.root.getBoundingClientRect()];
    const top = view.top + this.#headHeight * this.#zoom + 8;
    const down = place.bottom > view.bottom - 16 ? place.bottom - view.bottom + 48 : Math.min(0, place.top - top - 24);
    const isWide = place.width > view.width;
    const right =
      place.left < view.left || isWide ? place.left - view.left - 24 : Math.max(0, place.right - view.right + 24);
    this.root.scrollBy({ left: right, top: down });
  }
}

const bottomOf = (rect: Element) => Number(rect.getAttribute('y')) + Number(rect.getAttribute('height'));

/** The boxes at the top of the lanes, as a picture of their own. */
function headsOf(svg: SVGSVGElement, viewBox: string): SVGSVGElement {
  const heads = svg.cloneNode(false) as SVGSVGElement;
  heads.removeAttribute('id');
  heads.setAttribute('viewBox', viewBox);
  heads.setAttribute('class', 'sequence heads');
  heads.setAttribute('aria-hidden', 'true');
  for (const head of svg.querySelectorAll('g[data-et="participant"]')) heads.append(head.cloneNode(true));
  return heads;
}
