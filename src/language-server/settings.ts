// Settings as clients send them, made whole: what is missing, or of another type than it should be, is as if it were not set.
import { isObject } from '../base/json.ts';
import { defaultSettings, type ShownSeverity, type Settings } from '../protocol/settings.ts';

export function completeSettings(given: unknown): Settings {
  const settings = merged(defaultSettings, given) as Settings;
  const scope = scopes.has(settings.scope) ? settings.scope : defaultSettings.scope;
  return { ...settings, scope, severity: severities(isObject(given) ? given.severity : undefined) };
}

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
