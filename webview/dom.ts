// Elements in one expression: `h('button', { class: 'link', onclick: go }, 'Go')`. Texts are text nodes, never markup.

export type Child = Node | string | false | undefined;

type Handlers = {
  readonly [K in keyof GlobalEventHandlersEventMap as `on${K}`]?: (event: GlobalEventHandlersEventMap[K]) => void;
};
export type Attributes = Handlers & {
  readonly [name: string]: string | number | boolean | undefined | ((event: never) => void);
};

/** Attributes of the value undefined or false are left out; `on…` are listeners. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

/** Shows something to people who see and says it to those who do not: `✓` and `passed`. */
export function symbol(sign: string, says: string, style = ''): HTMLElement {
  return h('span', { class: `symbol ${style}`, role: 'img', 'aria-label': says }, sign);
}

/** Puts other children in place of those that are there. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...children.filter((child): child is Node | string => child !== undefined && child !== false));
}

/** An editor that is opened beside the panel takes half of its width. */
export function followWidth(element: HTMLElement, onChange: () => void): void {
  let before = 0;
  new ResizeObserver(() => {
    const { clientWidth } = element;
    // another tab is shown
    if (clientWidth === 0) return;
    if (before !== 0 && clientWidth !== before) onChange();
    before = clientWidth;
  }).observe(element);
}
