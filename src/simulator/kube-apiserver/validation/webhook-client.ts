// Where webhooks are called: a URL, or a Service of the cluster (k8s.io/apiserver/pkg/util/webhook/validation.go, Kubernetes 1.36).
import { invalid, required } from '../../../api/field-error.ts';
import type { FieldPath } from '../../../api/field-path.ts';
import { dns1123SubdomainProblems, portNumberProblems } from '../../../api/names.ts';
import type { Errors } from './checks.ts';

const form = '; desired format: https://host[/path]';

/** The parts of a URL that is one to Go as well as to us, as written. */
const shape = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/(?:([^/?#@]*)@)?([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

/** What url.Parse would say is left to `isPlainUrl`. */
function checkWebhookUrl(url: string, path: FieldPath, errors: Errors): void {
  const [, scheme = '', user, host = '', , query, fragment] = shape.exec(url) ?? [];
  if (scheme.toLowerCase() !== 'https') {
    errors.push(invalid(path, scheme.toLowerCase(), `'https' is the only allowed URL scheme${form}`));
  }
  if (!host) errors.push(invalid(path, host, `host must be specified${form}`));
  if (user !== undefined) errors.push(invalid(path, user, 'user information is not permitted in the URL'));
  if (fragment) errors.push(invalid(path, fragment, 'fragments are not permitted in the URL'));
  if (query) errors.push(invalid(path, query, 'query parameters are not permitted in the URL'));
}

/** Whether the URL is written so plainly that Go's parser has nothing to say about it. */
export const isPlainUrl = (url: string): boolean =>
  /^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/(?:[\w.~-]+(?::[\w.~-]*)?@)?(?:[\w.~-]*|\[[0-9a-fA-F:]+\])(?::\d*)?(?:\/[\w.~!$&'()*+,;=:@/-]*)?(?:\?[\w.~!$&'()*+,;=:@/?-]*)?(?:#[\w.~!$&'()*+,;=:@/?-]*)?$/.test(
    url,
  );

interface ServiceReference {
  readonly name: string;
  readonly namespace: string;
  readonly path?: string;
  readonly port?: number;
}

function pathProblems(text: string): string[] {
  if (text === '' || text === '/') return [];
  if (text === '//') return ['segment[0] may not be empty'];
  const found = text.startsWith('/') ? [] : ["must start with a '/'"];
  const steps = text.slice(1).replace(/\/$/, '').split('/');
  steps.forEach((step, i) => {
    if (step === '') found.push(`segment[${i}] may not be empty`);
    else found.push(...dns1123SubdomainProblems(step).map((problem) => `segment[${i}]: ${problem}`));
  });
  return found;
}

function checkWebhookService(service: ServiceReference, path: FieldPath, errors: Errors): void {
  const { name, namespace, path: text = '', port = 443 } = service;
  // the server takes each for the other
  if (!namespace) errors.push(required(path.child('name')));
  if (!name) errors.push(required(path.child('namespace')));
  const problems = portNumberProblems(port);
  if (problems.length) errors.push(invalid(path.child('port'), port, `port is not valid: ${problems.join(', ')}`));
  for (const problem of pathProblems(text)) errors.push(invalid(path.child('path'), text, problem));
}

interface ClientConfig {
  readonly url?: string;
  readonly service?: ServiceReference;
}

/** Exactly one of both places. `detail` is what is said of none or both. */
export function checkWebhookClient(client: ClientConfig, detail: string, path: FieldPath, errors: Errors): void {
  const { url, service } = client;
  if ((url === undefined) === (service === undefined)) errors.push(required(path, detail));
  else if (url !== undefined) checkWebhookUrl(url, path.child('url'), errors);
  else if (service) checkWebhookService(service, path.child('service'), errors);
}
