// Connects the picture with the steps: which line, text and note tells which step. Mermaid has no ids of ours, but keeps the order.
import type { StepView, StoryView } from '../../src/protocol/panel.ts';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** Marks every element that tells a step with its `data-seq`, and gives it a place to click that is wide enough. */
export function markSteps(svg: SVGSVGElement, story: StoryView): void {
  const steps = story.phases.flatMap((phase) => phase.steps);
  const messages = steps.filter(({ form }) => form !== 'note');
  const lines = svg.querySelectorAll<SVGLineElement>('line[data-et="message"]');
  const texts = svg.querySelectorAll<SVGTextElement>('text.messageText');
  messages.forEach((step, at) => {
    const [line, text] = [lines[at], texts[at]];
    if (!line) return;
    mark(line, step);
    if (text) mark(text, step);
    (text ?? line).before(hitArea(line, step));
  });
  markNotes(svg, story);
}

/** Each phase begins with a note that is its title; what was never reached stands in notes at the end. */
function markNotes(svg: SVGSVGElement, { phases }: StoryView): void {
  const told = phases.flatMap(({ steps }) => [undefined, ...steps.filter(({ form }) => form === 'note')]);
  svg.querySelectorAll<SVGRectElement>('rect.note').forEach((rect, at) => {
    const texts = rect.parentElement?.querySelectorAll<SVGTextElement>('text.noteText') ?? [];
    const step = told[at];
    for (const element of [rect, ...texts]) {
      if (step) mark(element, step);
      else element.classList.add(at < told.length ? 'title' : 'unreached');
    }
  });
}

function mark(element: SVGElement, { seq, result }: StepView): void {
  element.dataset.seq = String(seq);
  if (result !== 'ok') element.classList.add('failed');
}

/** From the text above a line to a little below it. */
function hitArea(line: SVGLineElement, { seq }: StepView): SVGRectElement {
  const [from, to, y] = ['x1', 'x2', 'y1'].map((name) => Number(line.getAttribute(name))) as [number, number, number];
  const area = document.createElementNS(svgNamespace, 'rect');
  const place = { x: Math.min(from, to), y: y - 24, width: Math.abs(to - from), height: 32 };
  for (const [name, value] of Object.entries(place)) area.setAttribute(name, String(value));
  area.setAttribute('class', 'hit');
  area.dataset.seq = String(seq);
  return area;
}
