// A look from outside: what is stored and what kubectl would print, at a moment that may be long past. It takes no time and leaves no trace.
import type { KubeObject } from '../api/object.ts';
import type { ComponentContext } from './client/component.ts';
import { CommandOutput, type CommandResult } from './command-output.ts';
import { Etcd, type Snapshot } from './etcd/etcd.ts';
import { Kernel } from './kernel/kernel.ts';
import { Server } from './kube-apiserver/server.ts';
import { runKubectl, type KubectlOptions } from './kubectl/index.ts';

/** Virtual milliseconds that a command may wait for what does not come. */
const patience = 3_600_000;

/** What a kubectl command prints of a state, in which nothing moves but the time of those who wait. */
export function lookAt(state: State, options: KubectlOptions): CommandResult {
  const observer = observerOf(state);
  const { kernel } = observer;
  return kernel.untraced(() => {
    const printed = new CommandOutput();
    const process = runKubectl(observer, options, printed.print);
    for (;;) {
      const { done, value } = process.next();
      if (done) return printed.result(value);
      kernel.runTo(kernel.now + value, Infinity);
      if (kernel.now - state.time <= patience) continue;
      printed.print('stderr', 'not simulated: kubectl waits on, and nothing changes any more\n');
      return printed.result(1);
    }
  });
}

/** The objects of a resource (`pods`, `deployments.apps`) in a state. */
export function objectsAt<T extends KubeObject>(state: State, resource: string): readonly T[] {
  const { kernel, client } = observerOf(state);
  return kernel.untraced(() => client.list<T>(resource).items);
}

interface State {
  readonly snapshot: Snapshot;
  readonly time: number;
}

/** Somebody at an API server that nobody else talks to. */
function observerOf({ snapshot, time }: State): ComponentContext {
  const kernel = new Kernel({ seed: 1, time });
  return { kernel, client: new Server(kernel, new Etcd(snapshot, 0)).connect('observer') };
}
