// A KubeSchedulerConfiguration as kube-scheduler works with it, defaults filled in.
import { schedulerConfigurationGroup } from '../../../api/scheduler-schema.ts';
import type { Plugins } from './plugin-sets.ts';

export interface PluginConfig {
  readonly name: string;
  /** Of a plugin whose arguments have a type: with the defaults filled in. */
  readonly args: object;
}

export interface SchedulerProfile {
  readonly schedulerName: string;
  readonly percentageOfNodesToScore?: number;
  readonly plugins: Plugins;
  readonly pluginConfig: readonly PluginConfig[];
}

export interface Extender {
  readonly prioritizeVerb?: string;
  readonly bindVerb?: string;
  readonly weight?: number;
  readonly managedResources?: readonly { readonly name: string }[];
}

export interface LeaderElection {
  readonly leaderElect?: boolean;
  readonly leaseDuration?: string;
  readonly renewDeadline?: string;
  readonly retryPeriod?: string;
  readonly resourceLock?: string;
}

/** The configuration with its defaults. */
export interface SchedulerConfiguration {
  readonly apiVersion: string;
  readonly parallelism: number;
  readonly percentageOfNodesToScore: number;
  readonly podInitialBackoffSeconds: number;
  readonly podMaxBackoffSeconds: number;
  readonly profiles: readonly SchedulerProfile[];
  readonly extenders: readonly Extender[];
  readonly leaderElection: LeaderElection;
  readonly clientConnection: { readonly burst?: number };
}

/** Whether a document is for kube-scheduler, in whichever version. */
export function isSchedulerConfiguration({ apiVersion }: { readonly apiVersion: string }): boolean {
  return apiVersion.startsWith(`${schedulerConfigurationGroup}/`);
}
