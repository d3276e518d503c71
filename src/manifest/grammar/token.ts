// The words between the scanner and the parser.
import type { ScalarStyle } from '../yaml-node.ts';

export type TokenType =
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'sequence-open'
  | 'sequence-close'
  | 'mapping-open'
  | 'mapping-close'
  | 'flow-entry'
  | 'block-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Of a scalar its value, of an anchor or alias its name, of a tag or a %TAG its handle, of another directive its name. */
  readonly text: string;
  /** Of a tag what follows its handle, of a %YAML directive the version. */
  readonly suffix: string;
  readonly style: ScalarStyle;
}

export function newToken(
  type: TokenType,
  start: number,
  end: number,
  line: number,
  text = '',
  suffix = '',
  style: ScalarStyle = 'plain',
): Token {
  return { type, start, end, line, text, suffix, style };
}
