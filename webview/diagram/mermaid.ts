// Draws Mermaid text. The library is loaded with the first diagram, and makes only the picture: colours are our own style sheet's.
import type { Mermaid } from 'mermaid';

const standIn = 'desc';

let loaded: Promise<Mermaid> | undefined;
/** Pictures of earlier pages are shown beside those of this one: no two have an id in common. */
const ids = `diagram-${Math.round(performance.timeOrigin)}`;
let drawn = 0;

/** `source` is the address of the bundle. */
export function loadMermaid(source: string): Promise<Mermaid> {
  return (loaded ??= import(source).then(({ default: mermaid }: { default: Mermaid }) => {
    mermaid.initialize({
      ...{ startOnLoad: false, securityLevel: 'strict', theme: 'base', look: 'classic' },
      ...{ fontFamily: fontFamily(), fontSize, maxTextSize: 5_000_000 },
      themeVariables: { fontSize: `${fontSize}px`, fontFamily: fontFamily() },
      sequence: {
        ...{ useMaxWidth: false, mirrorActors: false, showSequenceNumbers: false },
        ...{ width: 96, height: 34, actorMargin: 26, boxMargin: 8, messageMargin: 30, noteMargin: 8 },
        ...{ diagramMarginX: 16, diagramMarginY: 8, messageFontFamily: fontFamily(), actorFontFamily: fontFamily() },
        ...{ noteFontFamily: fontFamily(), actorFontWeight: 600 },
      },
    });
    return mermaid;
  }));
}

/** Texts at zoom 1, in pixels. */
export const fontSize = 12;

/** Of the page: texts are measured in it. */
export const fontFamily = (): string => getComputedStyle(document.body).fontFamily;

/** The diagram as SVG text. */
export async function draw(source: string, text: string): Promise<string> {
  const mermaid = await loadMermaid(source);
  const { svg } = await withoutStyle(() => mermaid.render(`${ids}-${++drawn}`, text));
  return svg.replace(/<(desc|style)>[^]*?<\/\1>/, '');
}

/** A drawn diagram as an element, not yet in the page. */
export function pictureOf(svg: string): SVGSVGElement {
  const template = document.createElement('template');
  template.innerHTML = svg;
  const element = template.content.querySelector('svg');
  if (!element) throw new Error('Mermaid made no picture');
  return element;
}

/**
 * Mermaid's rules take no part in the layout, and the page's policy would refuse them: what stands in for their element is nothing, and is
 * cut out of the picture afterwards.
 */
async function withoutStyle<T>(work: () => Promise<T>): Promise<T> {
  const createElement = document.createElement.bind(document);
  const patched = (name: string, options?: ElementCreationOptions) =>
    createElement(name === 'style' ? standIn : name, options);
  document.createElement = patched as typeof document.createElement;
  try {
    return await work();
  } finally {
    // from here on the prototype's again
    Reflect.deleteProperty(document, 'createElement');
  }
}
