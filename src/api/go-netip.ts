// IP addresses as net/netip reads them: strictly, with its words for what is wrong (netip.ParseAddr, Go 1.26).
import { quote } from './go-text.ts';

/** What netip.ParseAddr says of a text; undefined if it is an address. Zones (`fe80::1%eth0`) are allowed. */
export function strictAddressProblem(text: string): string | undefined {
  const problem = problemOf(text);
  if (!problem) return undefined;
  const [what, at] = problem;
  return `ParseAddr(${quote(text)}): ${what}${at ? ` (at ${quote(at)})` : ''}`;
}

/** What is wrong, and the rest of the text from where it is wrong. */
type Problem = readonly [what: string, at?: string];

function problemOf(text: string): Problem | undefined {
  const mark = /[.:%]/.exec(text)?.[0];
  if (mark === '.') return v4Problem(text);
  if (mark === ':') return v6Problem(text);
  return [mark ? 'missing IPv6 address' : 'unable to parse IP'];
}

function v4Problem(text: string): Problem | undefined {
  let dots = 0;
  let field = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (/\d/.test(character)) {
      if (field === '0') return ['IPv4 field has octet with leading zero'];
      field += character;
      if (Number(field) > 255) return ['IPv4 field has value >255'];
    } else if (character === '.') {
      if (field === '' || i === text.length - 1) return ['IPv4 field must have at least one digit', text.slice(i)];
      if (dots === 3) return ['IPv4 address too long'];
      dots++;
      field = '';
    } else return ['unexpected character', text.slice(i)];
  }
  return dots < 3 ? ['IPv4 address too short'] : undefined;
}

function v6Problem(text: string): Problem | undefined {
  const [address = '', zone] = cut(text, '%');
  if (zone === '') return ['zone must be a non-empty string'];
  let hasGap = address.startsWith('::');
  let rest = hasGap ? address.slice(2) : address;
  let bytes = 0;
  while (bytes < 16 && !(hasGap && rest === '')) {
    const [digits = ''] = /^[0-9a-fA-F]*/.exec(rest) ?? [];
    if (digits.length > 4) return ['each group must have 4 or less digits', rest];
    if (digits === '') return ['each colon-separated field must have at least one digit', rest];
    if (rest.charAt(digits.length) === '.') {
      if (!hasGap && bytes !== 12) {
        return ['embedded IPv4 address must replace the final 2 fields of the address', rest];
      }
      if (bytes > 12) return ['too many hex fields to fit an embedded IPv4 at the end of the address', rest];
      const problem = v4Problem(rest);
      if (problem) return problem;
      rest = '';
      bytes += 4;
      break;
    }
    bytes += 2;
    rest = rest.slice(digits.length);
    if (rest === '') break;
    if (!rest.startsWith(':')) return ['unexpected character, want colon', rest];
    if (rest === ':') return ['colon must be followed by more characters', rest];
    rest = rest.slice(1);
    if (rest.startsWith(':')) {
      if (hasGap) return ['multiple :: in address', rest];
      hasGap = true;
      rest = rest.slice(1);
    }
  }
  if (rest !== '') return ['trailing garbage after address', rest];
  if (bytes < 16) return hasGap ? undefined : ['address string too short'];
  return hasGap ? ['the :: must expand to at least one field of zeros'] : undefined;
}

/** strings.Cut: what stands before the mark, and what behind it; undefined behind it without one. */
export function cut(text: string, mark: string): readonly [before: string, after: string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}
