// The bar between picture and list: dragged, or moved by arrow keys.
import { h } from '../dom.ts';

const step = 40;
const least = 80;

/** Sets the height of the element above it. */
export function splitter(above: HTMLElement): HTMLElement {
  const bar = h('div', {
    ...{ class: 'splitter', role: 'separator', tabindex: '0', 'aria-orientation': 'horizontal' },
    ...{ 'aria-label': 'Height of the diagram', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': '60' },
  });
  const setHeight = (height: number) => {
    const room = above.parentElement?.clientHeight ?? 0;
    const kept = Math.max(least, Math.min(height, room - least));
    above.style.flexBasis = `${kept}px`;
    bar.setAttribute('aria-valuenow', String(Math.round((100 * kept) / Math.max(1, room))));
  };
  bar.addEventListener('pointerdown', (start) => {
    const height = above.clientHeight;
    bar.setPointerCapture(start.pointerId);
    const move = (event: PointerEvent) => setHeight(height + event.clientY - start.clientY);
    bar.addEventListener('pointermove', move);
    bar.addEventListener('lostpointercapture', () => bar.removeEventListener('pointermove', move), { once: true });
  });
  bar.addEventListener('keydown', (event) => {
    const by = event.key === 'ArrowDown' ? step : event.key === 'ArrowUp' ? -step : 0;
    if (by === 0) return;
    event.preventDefault();
    setHeight(above.clientHeight + by);
  });
  return bar;
}
