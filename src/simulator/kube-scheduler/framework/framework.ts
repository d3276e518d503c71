// Puts a profile's names and the registry's plugins together: the framework that a scheduling cycle runs.
import { invariant } from '../../../base/invariant.ts';
import type { ExtensionPoint, Framework, Plugin, PluginAt } from './plugin.ts';

/** Plugin names at each extension point, in order; at `score` with their weights. */
export interface Profile {
  readonly schedulerName: string;
  readonly preEnqueue: readonly string[];
  readonly queueSort: readonly string[];
  readonly preFilter: readonly string[];
  readonly filter: readonly string[];
  readonly postFilter: readonly string[];
  readonly preScore: readonly string[];
  readonly score: readonly (readonly [name: string, weight: number])[];
  readonly reserve: readonly string[];
  readonly permit: readonly string[];
  readonly preBind: readonly string[];
  readonly bind: readonly string[];
  readonly postBind: readonly string[];
}

/** The plugins of a profile. A name that is not registered, or that lacks the extension point, is a bug. */
export function frameworkOf(profile: Profile, registry: readonly Plugin[]): Framework {
  const byName = new Map(registry.map((plugin) => [plugin.name, plugin]));
  const plugins = new Set<Plugin>();
  const one = <Point extends ExtensionPoint>(name: string, point: Point): PluginAt<Point> => {
    const plugin = byName.get(name);
    invariant(plugin?.[point], `the profile wants plugin ${name} at ${point}`);
    plugins.add(plugin);
    return plugin as PluginAt<Point>;
  };
  const at = <Point extends Exclude<ExtensionPoint, 'score'>>(point: Point) =>
    profile[point].map((name) => one(name, point));
  return {
    schedulerName: profile.schedulerName,
    preEnqueue: at('preEnqueue'),
    queueSort: at('queueSort'),
    preFilter: at('preFilter'),
    filter: at('filter'),
    postFilter: at('postFilter'),
    preScore: at('preScore'),
    score: profile.score.map(([name, weight]) => ({ plugin: one(name, 'score'), weight })),
    reserve: at('reserve'),
    permit: at('permit'),
    preBind: at('preBind'),
    bind: at('bind'),
    postBind: at('postBind'),
    plugins: [...plugins],
    percentageOfNodesToScore: 0,
    unmodelled: [],
  };
}
