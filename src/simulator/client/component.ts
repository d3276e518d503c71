// What every simulated program is given when it starts.
import type { Client } from './client.ts';
import type { Kernel } from '../kernel/kernel.ts';

export interface ComponentContext {
  readonly kernel: Kernel;
  /** Speaks to kube-apiserver as the component's own user. */
  readonly client: Client;
}
