// From a configuration to the frameworks that run it, one for each profile (pkg/scheduler/profile, framework/runtime.NewFramework).
import { quote } from '../../../api/go-text.ts';
import { frameworkOf } from '../framework/framework.ts';
import type { Framework, Plugin, Unmodelled } from '../framework/plugin.ts';
import { argumentsOf } from '../framework/plugin-args.ts';
import { defaultPlugins } from '../profile.ts';
import { registry } from '../registry.ts';
import type { SchedulerConfiguration, SchedulerProfile } from './configuration.ts';
import { argumentErrors } from './plugin-args-validation.ts';
import {
  expandPlugins,
  extensionPoints,
  mergePlugins,
  type PluginNames,
  type PluginRef,
  type Plugins,
} from './plugin-sets.ts';
import { readConfiguration } from './read.ts';

/** What kube-scheduler runs with. */
export interface SchedulerSetup {
  /** By scheduler name. */
  readonly frameworks: ReadonlyMap<string, Framework>;
  /** Virtual milliseconds that a refused Pod waits, and at most. */
  readonly backoff: { readonly initial: number; readonly max: number };
}

type Made<T> = T | { readonly problem: string };

/** The setup of a configuration document; or why kube-scheduler would not start with it, in its own words. */
export function setupOf(document: unknown): Made<SchedulerSetup> {
  const read = readConfiguration(document);
  if ('problem' in read) return read;
  const { profiles, podInitialBackoffSeconds, podMaxBackoffSeconds } = read.value;
  const frameworks = new Map<string, Framework>();
  for (const profile of profiles) {
    const made = frameworkFor(profile, read.value);
    if ('problem' in made) {
      const which = `creating profile for scheduler name ${profile.schedulerName}`;
      return { problem: `initializing profiles: ${which}: ${made.problem}` };
    }
    frameworks.set(profile.schedulerName, made);
  }
  return { frameworks, backoff: { initial: podInitialBackoffSeconds * 1000, max: podMaxBackoffSeconds * 1000 } };
}

/** Plugins that kube-scheduler has, though none of them runs by default, and that are not modelled. */
const unmodelledPlugins = ['GangScheduling', 'PodGroupPodsCount', 'TopologyPlacementGenerator'];

function frameworkFor(profile: SchedulerProfile, configuration: SchedulerConfiguration): Made<Framework> {
  const { schedulerName, plugins: custom } = profile;
  const named = new Set(allEnabled(custom).map(({ name }) => name));
  const missing = unmodelledPlugins.filter((name) => named.has(name));
  const plugins = mergePlugins(defaultPlugins, without(custom, missing));
  const made = makePlugins(profile, plugins);
  if ('problem' in made) return made;
  const names = expandPlugins(plugins, made);
  if ('problem' in names) return names;
  const which = `for profile with scheduler name ${quote(schedulerName)}`;
  if (names.queueSort.length !== 1) {
    return { problem: `only one queue sort plugin required ${which}, but got ${names.queueSort.length}` };
  }
  if (names.bind.length === 0) return { problem: `at least one bind plugin is needed ${which}` };
  const weights = weightsOf(plugins, made);
  if ('problem' in weights) return { problem: `score plugins: ${weights.problem}` };
  const score = names.score.map((name) => [name, weights.get(name) ?? 1] as const);
  return {
    ...frameworkOf({ ...names, schedulerName, score }, [...made.values()]),
    percentageOfNodesToScore: profile.percentageOfNodesToScore ?? configuration.percentageOfNodesToScore,
    unmodelled: [...unmodelledParts(missing, configuration), ...halved(names)],
  };
}

function unmodelledParts(plugins: readonly string[], { extenders }: SchedulerConfiguration): readonly Unmodelled[] {
  const parts = plugins.map((name) => ({ reason: `the scheduler plugin ${name} is not modelled` }));
  return extenders.length === 0 ? parts : [...parts, { reason: 'scheduler extenders are not modelled' }];
}

/** The first part of a plugin prepares the second; what the second does when left alone is not modelled. */
const parts = [
  ['preFilter', 'filter'],
  ['preScore', 'score'],
] as const;

function halved(names: PluginNames): readonly Unmodelled[] {
  return parts.flatMap(([first, second]) => {
    const halves = registry.filter((plugin) => {
      const isWhole = names[first].includes(plugin.name) || !plugin[first];
      return names[second].includes(plugin.name) && !isWhole;
    });
    return halves.map(({ name }) => ({ reason: `the scheduler plugin ${name} is not modelled at ${second} alone` }));
  });
}

const allEnabled = (plugins: Plugins): readonly PluginRef[] =>
  [...extensionPoints, 'multiPoint' as const].flatMap((point) => plugins[point]?.enabled ?? []);

function without(plugins: Plugins, names: readonly string[]): Plugins {
  if (names.length === 0) return plugins;
  const sets = Object.entries(plugins).map(([point, { enabled = [], ...set }]) => [
    point,
    { ...set, enabled: enabled.filter(({ name }) => !names.includes(name)) },
  ]);
  return Object.fromEntries(sets) as Plugins;
}

/** The plugins that the profile needs, by name, with its arguments. Names that nobody knows are found wanting later. */
function makePlugins({ pluginConfig }: SchedulerProfile, plugins: Plugins): Made<ReadonlyMap<string, Plugin>> {
  const needed = new Set(allEnabled(plugins).map(({ name }) => name));
  const made = new Map<string, Plugin>();
  for (const plugin of registry) {
    if (!needed.has(plugin.name)) continue;
    const args = pluginConfig.find(({ name }) => name === plugin.name)?.args;
    if (args && plugin.name === 'NodeResourcesFit') {
      const errors = [...new Set(argumentErrors('NodeResourcesFit', argumentsOf('NodeResourcesFit', args), ''))];
      const text = errors.length === 1 ? errors.join() : `[${errors.join(', ')}]`;
      if (errors.length > 0) return { problem: `initializing plugin "NodeResourcesFit": ${text}` };
    }
    made.set(plugin.name, args ? (plugin.configured?.(args) ?? plugin) : plugin);
  }
  return made;
}

/** math.MaxInt64 over MaxNodeScore, as far as JavaScript's numbers tell. */
const maxTotalWeight = 2 ** 63 / 100;

/** getValidScoreWeights: those named at `score` go before those of `multiPoint`; no weight is 1. */
function weightsOf(plugins: Plugins, made: ReadonlyMap<string, Plugin>): Made<ReadonlyMap<string, number>> {
  const weights = new Map<string, number>();
  let total = 0;
  for (const { name, weight } of [...(plugins.score?.enabled ?? []), ...(plugins.multiPoint?.enabled ?? [])]) {
    if (!made.get(name)?.score || weights.has(name)) continue;
    weights.set(name, weight || 1);
    total += weight || 1;
    if (total > maxTotalWeight) return { problem: 'total score of Score plugins could overflow' };
  }
  return weights;
}
