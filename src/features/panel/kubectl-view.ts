// What kubectl would print at a moment of the run, read from the state as it was then.
import { lookAt, noFiles, objectsAt } from '../../simulator/index.ts';
import { refOf, type KubeObject } from '../../api/object.ts';
import type { KubectlView } from '../../protocol/panel.ts';
import { keyOfRef } from './keys.ts';
import type { PanelRun } from './panel-run.ts';

/** Kinds of which `kubectl describe` has something to say that a reader wants to know here. */
const described = ['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'Service', 'Node'];

/** `time` counts from the apply; `object` is the one to describe, the first Pod of the run unless given. */
export function kubectlView(run: PanelRun, time: number, object?: string): KubectlView {
  const state = run.applied.stateAt(run.applied.begin + time);
  const namespace = run.applied.sent.find(({ metadata }) => metadata.namespace)?.metadata.namespace ?? 'default';
  const pods = objectsAt(state, 'pods').filter(({ metadata }) => metadata.namespace === namespace);
  const shown = (object !== undefined && nameIn(object)) || describedPod(pods);
  const inNamespace = namespace === 'default' ? [] : ['-n', namespace];
  const commands = [
    ['get', 'pods', '-o', 'wide', ...inNamespace],
    ['get', 'events', ...inNamespace],
    ...(shown ? [['describe', ...shown, ...inNamespace]] : []),
  ];
  return {
    time,
    outputs: commands.map((args) => ({
      command: args.join(' '),
      output: lookAt(state, { args, files: noFiles }).output,
    })),
  };
}

const describedPod = (pods: readonly KubeObject[]): [string, string] | undefined => {
  const name = pods[0]?.metadata.name;
  return name === undefined ? undefined : ['pod', name];
};

/** `Pod default/myapp` as kubectl is asked for it. */
function nameIn(key: string): [string, string] | undefined {
  const [kind = '', name = ''] = key.split(' ');
  return described.includes(kind) ? [kind.toLowerCase(), name.slice(name.indexOf('/') + 1)] : undefined;
}

/** What the run wrote and kubectl describes, and the nodes of the applied objects' Pods: Pods first. */
export function describable(run: PanelRun): readonly string[] {
  const state = run.applied.stateAt(run.applied.begin + run.duration);
  const made = [...run.final.values()].filter(({ kind }) => described.includes(kind));
  const nodes = objectsAt(state, 'nodes').filter(({ metadata }) => !run.final.has(`Node /${metadata.name}`));
  const rank = ({ kind }: KubeObject) => described.indexOf(kind);
  return [...made, ...nodes]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, mostDescribed)
    .map((object) => keyOfRef(refOf(object)));
}

/** As many as one still chooses from. */
const mostDescribed = 200;
