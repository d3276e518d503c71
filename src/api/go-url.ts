// URLs as net/url reads them (url.ParseRequestURI, Go 1.26): only absolute ones, and absolute paths.
import { strictAddressProblem, cut } from './go-netip.ts';
import { quote, utf8Of } from './go-text.ts';

/** The parts of a URL. */
export interface GoUrl {
  /** In small letters: `https`. */
  readonly scheme: string;
  /** With the port, as in `example.com:80` or `[::1]:80`. */
  readonly host: string;
  /** As it is written, `%2f` and all; empty without one. */
  readonly path: string;
  /** As it is written, without the `?`. */
  readonly query: string;
}

/** What url.ParseRequestURI says of a text; undefined if it is a URL. */
export function requestUriProblem(text: string): string | undefined {
  const parsed = parse(text, true);
  return typeof parsed === 'string' ? `parse ${quote(text)}: ${parsed}` : undefined;
}

/** The parts of a text that is a URL to `requestUriProblem`, or what url.Parse says against what follows a `#` in it. */
export function parseUrl(text: string): GoUrl | string {
  const [before, fragment = ''] = cut(text, '#');
  const problem = escapeProblem(fragment);
  if (problem !== undefined) return `parse ${quote(text)}: ${problem}`;
  const parsed = parse(before, false);
  return typeof parsed === 'string' ? `parse ${quote(before)}: ${parsed}` : parsed;
}

/** In a request, what has no scheme has no host either: `//a` is a path then. */
function parse(text: string, isRequest: boolean): GoUrl | string {
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'net/url: invalid control character in URL';
  if (text === '') return 'empty url';
  if (text === '*') return { scheme: '', host: '', path: '*', query: '' };
  if (text.startsWith(':')) return 'missing protocol scheme';
  const [, scheme = '', afterScheme = text] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(text) ?? [];
  const [rest, query = ''] = cut(afterScheme, '?');
  const parts = { scheme: scheme.toLowerCase(), host: '', path: '', query };
  if (!rest.startsWith('/')) return scheme ? parts : 'invalid URI for request';
  const mayHaveHost = scheme !== '' || (!isRequest && !rest.startsWith('///'));
  const [, authority = '', path = rest] = (mayHaveHost && /^\/\/([^/]*)(.*)$/s.exec(rest)) || [];
  const host = hostOf(parts.scheme, authority);
  return host.problem ?? escapeProblem(path) ?? { ...parts, host: host.text, path };
}

/** What is wrong with the escapes of a text, if anything: `%zz`. */
function escapeProblem(text: string): string | undefined {
  const at = text.search(/%(?![0-9a-fA-F]{2})/);
  return at < 0 ? undefined : `invalid URL escape ${quote(text.slice(at, at + 3))}`;
}

interface Host {
  readonly text: string;
  readonly problem?: string | undefined;
}

const failed = (problem: string): Host => ({ text: '', problem });

/** parseAuthority and parseHost: a port has to be a number, and what stands in brackets an IPv6 address. */
function hostOf(scheme: string, authority: string): Host {
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  const host = authority.slice(at + 1);
  const inHost = bracketed(host) ?? named(scheme, host);
  if (inHost.problem !== undefined) return inHost;
  if (!/^[A-Za-z0-9._:~!$&'()*+,;=%@-]*$/.test(user)) return failed('net/url: invalid userinfo');
  return { text: inHost.text, problem: escapeProblem(user) };
}

const isPort = (text: string) => /^(?::\d*)?$/.test(text);
const badPort = (text: string) => failed(`invalid port ${quote(text)} after host`);

function bracketed(host: string): Host | undefined {
  const open = host.lastIndexOf('[');
  if (open < 0) return undefined;
  if (open > 0) return failed('invalid IP-literal');
  const close = host.lastIndexOf(']');
  if (close < 0) return failed("missing ']' in host");
  const port = host.slice(close + 1);
  if (!isPort(port)) return badPort(port);
  const address = unescapedHost(host.slice(1, close));
  if (address.problem !== undefined) return address;
  const problem = strictAddressProblem(address.text);
  if (problem !== undefined) return failed(`invalid host: ${problem}`);
  return address.text.includes(':') ? { text: `[${address.text}]${port}` } : failed('invalid IP-literal');
}

/** Only of http and https may the host have no colon but that of the port. */
function named(scheme: string, host: string): Host {
  const isStrict = scheme === 'http' || scheme === 'https';
  const colon = isStrict ? host.indexOf(':') : host.lastIndexOf(':');
  const port = colon < 0 ? '' : host.slice(colon);
  return isPort(port) ? unescapedHost(host) : badPort(port);
}

/** In a host only what is not ASCII may be escaped, and the percent sign. */
function unescapedHost(host: string): Host {
  for (let i = 0; i < host.length; i++) {
    const character = host.charAt(i);
    if (character !== '%') {
      if (/[^A-Za-z0-9._~!$&'()*+,;=:[\]<>"\u0080-\uffff-]/.test(character)) {
        return failed(`invalid character ${quote(character)} in host name`);
      }
      continue;
    }
    const escape = host.slice(i, i + 3);
    if (!/^%(?:25|[89a-fA-F][0-9a-fA-F])$/.test(escape)) return failed(`invalid URL escape ${quote(escape)}`);
    i += 2;
  }
  return { text: unescaped(host) };
}

/** Bytes that are no UTF-8 become U+FFFD. */
export function unescaped(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes.replace(/%[0-7].|(?:%[89a-fA-F].)+/g, (escape) =>
        /^%[0-7]/.test(escape) ? decodeURIComponent(escape) : '\ufffd',
      );
    }
  });
}

/** URL.EscapedPath: as it is written if that is a way to write it, else with all escaped that has to be. */
export function escapedPath({ path }: GoUrl): string {
  if (/^(?:[A-Za-z0-9._~!$&'()*+,;=:@[\]/-]|%[0-9a-fA-F]{2})*$/.test(path)) return path;
  return unescaped(path).replace(/[^A-Za-z0-9._~$&+,/:;=@-]/gu, (character) =>
    utf8Of(character.codePointAt(0) ?? 0)
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}

/** URL.Hostname and URL.Port. */
export function hostAndPort({ host }: GoUrl): { readonly hostname: string; readonly port: string } {
  const colon = host.lastIndexOf(':');
  const hasPort = colon >= 0 && isPort(host.slice(colon));
  const name = hasPort ? host.slice(0, colon) : host;
  return { hostname: name.replace(/^\[(.*)\]$/s, '$1'), port: hasPort ? host.slice(colon + 1) : '' };
}

/** URL.Query: what cannot be read is left out. */
export function queryOf({ query }: GoUrl): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';') || escapeProblem(pair) !== undefined) continue;
    const [key, value = ''] = cut(pair, '=').map((part) => unescaped((part ?? '').replaceAll('+', ' ')));
    if (key !== undefined) values.set(key, [...(values.get(key) ?? []), value]);
  }
  return values;
}
