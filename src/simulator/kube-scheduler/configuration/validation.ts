// What kube-scheduler refuses in its configuration (k8s.io/kubernetes/pkg/scheduler/apis/config/validation): the errors in order.
import { duplicate, invalid, message, required, type FieldError } from '../../../api/field-error.ts';
import { FieldPath } from '../../../api/field-path.ts';
import { qualifiedNameProblems } from '../../../api/names.ts';
import { deepEqual } from '../../../base/json.ts';
import { takesArguments } from '../framework/plugin-args.ts';
import { isExtendedResource } from '../framework/resource.ts';
import { durationText, milliseconds } from './durations.ts';
import type { Extender, LeaderElection, SchedulerConfiguration, SchedulerProfile } from './configuration.ts';
import { argumentErrors } from './plugin-args-validation.ts';
import { extensionPoints, type PluginRef } from './plugin-sets.ts';

/** The messages of all errors. */
export function configurationErrors(configuration: SchedulerConfiguration): readonly string[] {
  const { parallelism, profiles, percentageOfNodesToScore, extenders } = configuration;
  const { podInitialBackoffSeconds: initial, podMaxBackoffSeconds: max } = configuration;
  const profilesPath = FieldPath.of('profiles');
  const errors: (FieldError | string)[] = [
    ...connectionErrors(configuration.clientConnection),
    ...leaderElectionErrors(configuration.leaderElection),
  ];
  if (parallelism <= 0) {
    errors.push(invalid('parallelism', parallelism, 'should be an integer value greater than zero'));
  }
  const seen = new Map<string, number>();
  profiles.forEach((profile, i) => {
    const path = profilesPath.index(i);
    errors.push(...profileErrors(configuration.apiVersion, profile, path));
    const before = seen.get(profile.schedulerName);
    // Go prints the place of the first one, as a structure.
    if (before !== undefined) errors.push(`${path.child('schedulerName')}: Duplicate value: ${samePlace}`);
    seen.set(profile.schedulerName, i);
  });
  errors.push(
    ...queueSortErrors(profiles, profilesPath),
    ...percentageErrors(FieldPath.of('percentageOfNodesToScore'), percentageOfNodesToScore),
  );
  if (initial <= 0) errors.push(invalid('podInitialBackoffSeconds', initial, 'must be greater than 0'));
  if (max < initial) {
    const detail = 'must be greater than or equal to PodInitialBackoffSeconds';
    errors.push(invalid('podMaxBackoffSeconds', max, detail));
  }
  errors.push(...extenderErrors(extenders));
  return errors.map((error) => (typeof error === 'string' ? error : message(error)));
}

const samePlace = '{}';

function connectionErrors({ burst = 0 }: SchedulerConfiguration['clientConnection']): readonly FieldError[] {
  return burst < 0 ? [invalid('clientConnection.burst', burst, 'must be non-negative')] : [];
}

/** Durations by their fields, with the defaults that stand for none, in the order in which they are looked at. */
const leaderDurations = { leaseDuration: '15s', renewDeadline: '10s', retryPeriod: '2s' } as const;

/** The lease itself is of no account here: there is one kube-scheduler. */
function leaderElectionErrors(election: LeaderElection): readonly FieldError[] {
  if (election.leaderElect === false) return [];
  const path = FieldPath.of('leaderElection');
  const durationOf = (name: keyof typeof leaderDurations) => {
    const given = election[name];
    return given === undefined || milliseconds(given) === 0 ? leaderDurations[name] : given;
  };
  const errors = (['leaseDuration', 'renewDeadline', 'retryPeriod'] as const).flatMap((name) => {
    const text = durationOf(name);
    return milliseconds(text) > 0 ? [] : [invalid(path.child(name), durationText(text), 'must be greater than zero')];
  });
  const deadline = durationOf('renewDeadline');
  if (milliseconds(durationOf('leaseDuration')) <= milliseconds(deadline)) {
    // what is shown is the other one, as in Go
    errors.push(invalid(path.child('leaseDuration'), durationText(deadline), 'must be greater than `RenewDeadline`'));
  }
  const { resourceLock: lock = '' } = election;
  if (lock !== '' && lock !== 'leases') {
    errors.push(invalid(path.child('resourceLock'), lock, 'resourceLock value must be "leases"'));
  }
  return errors;
}

/** Plugins that were taken out of the API; the names still stand in old files. */
const removedPlugins = ['AzureDiskLimits', 'CinderLimits', 'EBSLimits', 'GCEPDLimits'];

function profileErrors(
  version: string,
  { schedulerName, percentageOfNodesToScore, plugins, pluginConfig }: SchedulerProfile,
  path: FieldPath,
): readonly (FieldError | string)[] {
  const errors: (FieldError | string)[] = [];
  if (!schedulerName) errors.push(required(path.child('schedulerName')));
  errors.push(...percentageErrors(path.child('percentageOfNodesToScore'), percentageOfNodesToScore));
  const removed = (where: FieldPath, name: string) =>
    invalid(where, name, `was invalid in version "v1" (KubeSchedulerConfiguration is version "${version}")`);
  for (const point of extensionPoints) {
    (plugins[point]?.enabled ?? []).forEach(({ name }, i) => {
      const place = path.child('plugins', point, 'enabled').index(i);
      if (removedPlugins.includes(name)) errors.push(removed(place, name));
    });
  }
  const seen = new Set<string>();
  pluginConfig.forEach(({ name, args }, i) => {
    const place = path.child('pluginConfig').index(i);
    if (seen.has(name)) errors.push(duplicate(place, name));
    seen.add(name);
    if (removedPlugins.includes(name)) errors.push(removed(place, name));
    // The arguments of NodeResourcesFit are looked at by the plugin when it is made.
    else if (takesArguments(name) && name !== 'NodeResourcesFit') {
      errors.push(...argumentErrors(name, args, place.child('args').toString()));
    }
  });
  return errors;
}

function percentageErrors(path: FieldPath, percentage: number | undefined): readonly FieldError[] {
  if (percentage === undefined || (percentage >= 0 && percentage <= 100)) return [];
  return [invalid(path, percentage, 'not in valid range [0-100]')];
}

/** All profiles share one queue, so they have to sort it the same way. */
function queueSortErrors(profiles: readonly SchedulerProfile[], path: FieldPath): readonly FieldError[] {
  const errors: FieldError[] = [];
  const canon = profiles[0]?.plugins.queueSort ?? {};
  const count = canon.enabled?.length ?? 0;
  if (count > 1) {
    const place = path.index(0).child('plugins', 'queueSort', 'Enabled');
    errors.push(invalid(place, count, 'only one queue sort plugin can be enabled'));
  }
  profiles.slice(1).forEach(({ plugins }, i) => {
    const own = plugins.queueSort ?? {};
    if (deepEqual(own, canon)) return;
    const shown = { Enabled: shownPlugins(own.enabled), Disabled: shownPlugins(own.disabled) };
    errors.push(invalid(path.index(i + 1).child('plugins', 'queueSort'), shown, 'must be the same for all profiles'));
  });
  return errors;
}

/** Plugins as Go's internal type shows them. */
const shownPlugins = (plugins?: readonly PluginRef[]) =>
  plugins?.map(({ name, weight = 0 }) => ({ Name: name, Weight: weight })) ?? null;

function extenderErrors(extenders: readonly Extender[]): readonly FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  extenders.forEach(({ prioritizeVerb, weight = 0, managedResources = [] }, i) => {
    const path = FieldPath.of('extenders').index(i);
    if (prioritizeVerb && weight <= 0) {
      errors.push(invalid(path.child('weight'), weight, 'must have a positive weight applied to it'));
    }
    managedResources.forEach(({ name }, j) => {
      const place = path.child('managedResources').index(j).child('name');
      errors.push(...extendedResourceErrors(place, name));
      if (seen.has(name)) errors.push(invalid(place, name, 'duplicate extender managed resource name'));
      seen.add(name);
    });
  });
  const binders = extenders.filter(({ bindVerb }) => bindVerb).length;
  if (binders > 1) {
    const shown = `found ${binders} extenders implementing bind`;
    errors.push(invalid('extenders', shown, 'only one extender can implement bind'));
  }
  return errors;
}

function extendedResourceErrors(path: FieldPath, name: string): readonly FieldError[] {
  const problems = qualifiedNameProblems(name).map((problem) => invalid(path, name, problem));
  if (problems.length > 0 || isExtendedResource(name)) return problems;
  return [invalid(path, name, 'is an invalid extended resource name')];
}
