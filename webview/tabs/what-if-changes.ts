// Changes of what is tried, as values.
import type { WhatIf } from '../../src/protocol/panel.ts';

export function changeTaint(whatIf: WhatIf, node: string, taint: string, isOn: boolean): WhatIf {
  const others = (whatIf.untaint ?? []).filter((one) => one.node !== node || one.taint !== taint);
  return { ...whatIf, untaint: isOn ? others : [...others, { node, taint }] };
}

export const nodesLike = ({ addNodes = [] }: WhatIf, like: string): number =>
  addNodes.find((one) => one.like === like)?.count ?? 0;

export function changeNodes(whatIf: WhatIf, like: string, count: number): WhatIf {
  const others = (whatIf.addNodes ?? []).filter((one) => one.like !== like);
  return { ...whatIf, addNodes: count > 0 ? [...others, { like, count }] : others };
}

/** An empty text takes the change back. Whole numbers are numbers, as in a file. */
export function changeField(whatIf: WhatIf, object: string, path: string, text: string): WhatIf {
  const others = (whatIf.set ?? []).filter((one) => one.object !== object || one.path !== path);
  const value = /^\d+$/.test(text.trim()) ? Number(text) : text.trim();
  return { ...whatIf, set: value === '' ? others : [...others, { object, path, value }] };
}

export const isTried = (whatIf: WhatIf | undefined): boolean =>
  Object.values(whatIf ?? {}).some((changes) => Array.isArray(changes) && changes.length > 0);
