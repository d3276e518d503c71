// Settings as clients send them, made whole: what is missing, or of another type than it should be, is as if it were not set.
import type { Connection } from 'vscode-languageserver';
import { isObject } from '../base/json.ts';
import { defaultSettings, type ShownSeverity, type Settings } from '../protocol/settings.ts';
import type { Files } from './files.ts';
import { isInside } from './uri.ts';

export function completeSettings(given: unknown): Settings {
  const settings = merged(defaultSettings, given) as Settings;
  const scope = scopes.has(settings.scope) ? settings.scope : defaultSettings.scope;
  const completion = completions.has(settings.completion) ? settings.completion : defaultSettings.completion;
  return { ...settings, scope, completion, severity: severities(isObject(given) ? given.severity : undefined) };
}

const completions: ReadonlySet<unknown> = new Set<Settings['completion']>(['auto', 'all', 'references', 'off']);
const scopes: ReadonlySet<unknown> = new Set<Settings['scope']>(['file', 'folder', 'workspace']);

function merged(standard: unknown, given: unknown): unknown {
  if (!isObject(standard)) return typeof given === typeof standard ? given : standard;
  const own = isObject(given) ? given : {};
  return Object.fromEntries(Object.entries(standard).map(([name, value]) => [name, merged(value, own[name])]));
}

const known: ReadonlySet<unknown> = new Set<ShownSeverity>(['error', 'warning', 'information', 'hint', 'off']);

function severities(given: unknown): Settings['severity'] {
  if (!isObject(given)) return {};
  return Object.fromEntries(
    Object.entries(given).filter(([, severity]) => known.has(severity)),
  ) as Settings['severity'];
}

/** The settings that hold for a file, asked for once for each workspace folder. */
export class SettingsStore {
  readonly #connection: Connection;
  readonly #files: Files;
  readonly #known = new Map<string, Promise<Settings>>();
  /** What was set without being asked for. */
  #given: unknown;
  #canAsk = false;

  constructor(connection: Connection, files: Files) {
    this.#connection = connection;
    this.#files = files;
  }

  begin(given: unknown, canAsk: boolean): void {
    this.#given = given;
    this.#canAsk = canAsk;
  }

  changed(given: unknown): void {
    this.#given = given ?? this.#given;
    this.#known.clear();
  }

  for(uri: string): Promise<Settings> {
    const scopeUri = this.#files.folders.find((folder) => isInside(uri, folder)) ?? '';
    const known = this.#known.get(scopeUri) ?? this.#ask(scopeUri);
    this.#known.set(scopeUri, known);
    return known;
  }

  async #ask(scopeUri: string): Promise<Settings> {
    if (!this.#canAsk) return completeSettings(this.#given);
    const item = { section: 'applyscope', ...(scopeUri && { scopeUri }) };
    const answer: unknown = await this.#connection.workspace.getConfiguration(item).catch(() => undefined);
    return completeSettings(isObject(answer) ? answer : this.#given);
  }
}
