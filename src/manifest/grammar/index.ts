// The grammar that kubectl reads YAML with (libyaml's, by way of go.yaml.in/yaml/v2), behind one function.
import type { ManifestError, YamlNode } from '../yaml-node.ts';
import { forbiddenCharacter } from './characters.ts';
import { Parser, TooDeep } from './parser.ts';
import { Refusal } from './refusal.ts';

/** At most one of the two; neither for a document without content. */
export interface ParsedText {
  readonly root?: YamlNode;
  readonly error?: ManifestError;
}

/**
 * Reads one document as kubectl does. What follows its end (`...`) is ignored.
 * Never throws for what a user wrote; the error's message is what sigs.k8s.io/yaml returns.
 */
export function parseDocument(text: string): ParsedText {
  const forbidden = forbiddenCharacter.exec(text);
  if (forbidden) {
    return {
      error: syntaxError('control characters are not allowed', forbidden.index, forbidden.index + forbidden[0].length),
    };
  }
  try {
    const root = new Parser(text).parse();
    return root ? { root } : {};
  } catch (problem) {
    if (problem instanceof TooDeep) {
      return { error: { code: 'too-deep', message: problem.message, start: problem.at, end: problem.at + 1 } };
    }
    if (!(problem instanceof Refusal)) throw problem;
    const start = Math.min(problem.at, text.length);
    const error = syntaxError(problem.text, start, endOfLine(text, start));
    return { error: problem.problem.startsWith('unknown anchor') ? { ...error, code: 'unknown-anchor' } : error };
  }
}

const syntaxError = (problem: string, start: number, end: number): ManifestError => ({
  code: 'syntax',
  message: `error converting YAML to JSON: yaml: ${problem}`,
  start,
  end,
});

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  const end = at < 0 ? text.length : at;
  return text[end - 1] === '\r' && end - 1 > from ? end - 1 : end;
}
