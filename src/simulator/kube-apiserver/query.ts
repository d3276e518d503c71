// The query of a request as client-go writes it: parameters sorted by name, escaped as Go's net/url does.
import type { ListOptions, WriteOptions } from '../client/client.ts';

function escape(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function encode(parameters: readonly (readonly [string, string | undefined])[]): string | undefined {
  const given = parameters.filter(([, value]) => value !== undefined && value !== '');
  return given.length ? given.map(([name, value = '']) => `${name}=${escape(value)}`).join('&') : undefined;
}

/** `dryRun=All&fieldManager=kubectl-client-side-apply&fieldValidation=Strict`, or undefined for no parameters. */
export function writeQuery({ dryRun, fieldManager, fieldValidation, force }: WriteOptions): string | undefined {
  return encode([
    ['dryRun', dryRun ? 'All' : undefined],
    ['fieldManager', fieldManager],
    ['fieldValidation', fieldValidation],
    ['force', force === undefined ? undefined : String(force)],
  ]);
}

/** How long client-go lets a watch last, in seconds; it draws a number from here to the double. */
const watchTimeout = 300;

/** `fieldSelector=spec.nodeName%3Dnode1&limit=500`, or undefined for no parameters. */
export function listQuery({ fieldSelector, labelSelector, limit, watchList }: ListOptions): string | undefined {
  const only = (value: string) => (watchList ? value : undefined);
  return encode([
    ['allowWatchBookmarks', only('true')],
    ['fieldSelector', fieldSelector],
    ['labelSelector', labelSelector],
    ['limit', limit === undefined ? undefined : String(limit)],
    ['resourceVersionMatch', only('NotOlderThan')],
    ['sendInitialEvents', only('true')],
    ['timeoutSeconds', only(String(watchTimeout))],
    ['watch', only('true')],
  ]);
}
