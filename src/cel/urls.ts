// Kubernetes' CEL functions about URLs (k8s.io/apiserver/pkg/cel/library/urls.go).
import type { Environment } from '@marcbachmann/cel-js';
import { escapedPath, hostAndPort, parseUrl, queryOf, requestUriProblem, type GoUrl } from '../api/go-url.ts';
import { CelError } from './error.ts';

/** kubernetes.URL. */
class CelUrl {
  readonly text: string;
  readonly url: GoUrl;

  constructor(text: string) {
    const parsed = requestUriProblem(text) ?? parseUrl(text);
    if (typeof parsed === 'string') throw new CelError(`URL parse error during conversion from string: ${parsed}`);
    this.text = text;
    this.url = parsed;
  }
}

/** Adds the type and its functions. */
export function addUrlLibrary(environment: Environment): void {
  const type = 'kubernetes.URL';
  environment
    .registerType(type, { ctor: CelUrl, fields: {} })
    .registerFunction(`url(string): ${type}`, (text: string) => new CelUrl(text))
    .registerFunction('isURL(string): bool', (text: string) => requestUriProblem(text) === undefined)
    .registerFunction(`${type}.getScheme(): string`, ({ url }: CelUrl) => url.scheme)
    .registerFunction(`${type}.getHost(): string`, ({ url }: CelUrl) => url.host)
    .registerFunction(`${type}.getHostname(): string`, ({ url }: CelUrl) => hostAndPort(url).hostname)
    .registerFunction(`${type}.getPort(): string`, ({ url }: CelUrl) => hostAndPort(url).port)
    .registerFunction(`${type}.getEscapedPath(): string`, ({ url }: CelUrl) => escapedPath(url))
    .registerFunction(`${type}.getQuery(): map<string, list<string>>`, ({ url }: CelUrl) => queryOf(url))
    .registerOperator(`${type} == ${type}`, (a: CelUrl, b: CelUrl) => a.text === b.text);
}
