// Which plugins of a profile run where: the default ones, as far as a configuration does not disable or replace them, and its own;
// those enabled at `multiPoint` run at every extension point that they implement (pkg/scheduler/apis/config/v1/default_plugins.go
// and framework/runtime/framework.go).
import { quote } from '../../../api/go-text.ts';
import type { ExtensionPoint, Plugin } from '../framework/plugin.ts';

export interface PluginRef {
  readonly name: string;
  readonly weight?: number;
}

export interface PluginSet {
  readonly enabled?: readonly PluginRef[];
  /** `*` stands for all default ones. */
  readonly disabled?: readonly PluginRef[];
}

export type Plugins = { readonly [Point in ExtensionPoint | 'multiPoint']?: PluginSet };

/** mergePlugins: the default set with the changes of a configuration. */
export function mergePlugins(defaults: readonly PluginRef[], custom: Plugins): Plugins {
  const { enabled = [], disabled = [] } = custom.multiPoint ?? {};
  const off = new Set(disabled.map(({ name }) => name));
  // Of a plugin that is enabled twice, the last one replaces the default one.
  const replacements = new Map(enabled.map((plugin) => [plugin.name, plugin]));
  const kept = off.has('*') ? [] : defaults.filter(({ name }) => !off.has(name));
  const replaced = new Set(kept.flatMap(({ name }) => replacements.get(name) ?? []));
  const added = enabled.filter((plugin) => !replaced.has(plugin));
  const multiPoint = [...kept.map((plugin) => replacements.get(plugin.name) ?? plugin), ...added];
  return { ...custom, multiPoint: { enabled: multiPoint, disabled } };
}

/** The extension points in the order in which the framework fills them, with Go's names for what implements them. */
const interfaces: Readonly<Record<ExtensionPoint, string>> = {
  preFilter: 'PreFilterPlugin',
  filter: 'FilterPlugin',
  postFilter: 'PostFilterPlugin',
  reserve: 'ReservePlugin',
  preScore: 'PreScorePlugin',
  score: 'ScorePlugin',
  preBind: 'PreBindPlugin',
  bind: 'BindPlugin',
  postBind: 'PostBindPlugin',
  permit: 'PermitPlugin',
  preEnqueue: 'PreEnqueuePlugin',
  queueSort: 'QueueSortPlugin',
};

export const extensionPoints = Object.keys(interfaces) as readonly ExtensionPoint[];

/** Plugin names by extension point. */
export type PluginNames = Record<ExtensionPoint, readonly string[]>;

/** The plugins of every extension point in order; or what is wrong. */
export function expandPlugins(
  plugins: Plugins,
  known: ReadonlyMap<string, Plugin>,
): PluginNames | { readonly problem: string } {
  const names = {} as PluginNames;
  for (const point of extensionPoints) {
    const problem = problemAt(point, plugins[point]?.enabled ?? [], known);
    if (problem !== undefined) return { problem };
    names[point] = (plugins[point]?.enabled ?? []).map(({ name }) => name);
  }
  const multiPoint = plugins.multiPoint?.enabled ?? [];
  for (const point of extensionPoints) {
    const expanded = expandAt(point, names[point], plugins[point]?.disabled ?? [], multiPoint, known);
    if ('problem' in expanded) return expanded;
    names[point] = expanded.names;
  }
  return names;
}

/** updatePluginList. */
function problemAt(point: ExtensionPoint, enabled: readonly PluginRef[], known: ReadonlyMap<string, Plugin>) {
  const seen = new Set<string>();
  for (const { name } of enabled) {
    const plugin = known.get(name);
    if (!plugin) return `${interfaces[point]} ${quote(name)} does not exist`;
    if (!plugin[point]) return `plugin ${quote(name)} does not extend ${interfaces[point]} plugin`;
    if (seen.has(name)) return `plugin ${quote(name)} already registered as ${quote(interfaces[point])}`;
    seen.add(name);
  }
  return undefined;
}

/** expandMultiPointPlugins: those that the extension point names too come first, in its order; its others come last. */
function expandAt(
  point: ExtensionPoint,
  own: readonly string[],
  disabled: readonly PluginRef[],
  multiPoint: readonly PluginRef[],
  known: ReadonlyMap<string, Plugin>,
): { readonly names: readonly string[] } | { readonly problem: string } {
  const off = new Set(disabled.map(({ name }) => name));
  if (off.has('*')) return { names: own };
  const expanded = new Set<string>();
  const overridden = new Set<string>();
  for (const { name } of multiPoint) {
    const plugin = known.get(name);
    if (!plugin) return { problem: `${interfaces[point]} ${quote(name)} does not exist` };
    if (!plugin[point] || off.has(name)) continue;
    if (own.includes(name)) overridden.add(name);
    else if (expanded.has(name)) {
      return { problem: `plugin ${quote(name)} already registered as ${quote(interfaces[point])}` };
    } else expanded.add(name);
  }
  const first = own.filter((name) => overridden.has(name));
  return { names: [...first, ...expanded, ...own.filter((name) => !overridden.has(name))] };
}
