// Paints parts of a text for a terminal; the plain text stays readable without.
import { plain, type Paint, type Style } from '../features/index.ts';

const codes: Readonly<Record<Style, string>> = {
  title: '1',
  time: '2',
  participant: '36',
  error: '1;31',
  warning: '1;33',
  info: '1;34',
  ok: '32',
  dim: '2',
};

const coloured: Paint = (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m`;

export const painter = (colours: boolean): Paint => (colours ? coloured : plain);
