import { deepEqual, equal, throws } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Client } from '../../../../src/simulator/client/client.ts';
import { CycleState, stateKey } from '../../../../src/simulator/kube-scheduler/framework/cycle-state.ts';
import { frameworkOf, type Profile } from '../../../../src/simulator/kube-scheduler/framework/framework.ts';
import type { Binding, Cycle, Framework, Plugin } from '../../../../src/simulator/kube-scheduler/framework/plugin.ts';
import { podInfoOf } from '../../../../src/simulator/kube-scheduler/framework/pod-info.ts';
import {
  runBind,
  runPermit,
  runPostFilter,
  runReserve,
} from '../../../../src/simulator/kube-scheduler/framework/runtime.ts';
import {
  failed,
  skip,
  unresolvable,
  unschedulable,
} from '../../../../src/simulator/kube-scheduler/framework/status.ts';
import { defaultFramework, evaluatePod, snapshotOf } from '../../../../src/simulator/kube-scheduler/index.ts';
import { registry } from '../../../../src/simulator/kube-scheduler/registry.ts';
import { makeNode, makePod } from '../cluster.ts';

const nothing: Profile = {
  schedulerName: 'default-scheduler',
  ...{ preEnqueue: [], queueSort: [], preFilter: [], filter: [], postFilter: [], preScore: [], score: [] },
  ...{ reserve: [], permit: [], preBind: [], bind: [], postBind: [] },
};

const frameworkWith = (profile: Partial<Profile>, ...plugins: Plugin[]) =>
  frameworkOf({ ...nothing, ...profile }, plugins);

const nodes = [makeNode('a'), makeNode('b')];
const evaluate = (framework: Framework) => evaluatePod(snapshotOf(nodes), makePod('x'), framework);

const cycleOf = (framework: Framework): Cycle => ({
  framework,
  snapshot: snapshotOf(nodes),
  pod: podInfoOf(makePod('x')),
  state: new CycleState(),
});

describe('registry and profile', () => {
  const folder = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();

  for (const { name } of registry) {
    it(`${name} has a file and a test of its name`, () => {
      const file = `src/simulator/kube-scheduler/plugins/${folder(name)}`;
      equal(existsSync(`${file}.ts`) || existsSync(`${file}/index.ts`), true);
      equal(existsSync(`test/simulator/kube-scheduler/plugins/${folder(name)}.test.ts`), true);
    });
  }

  it('the default profile runs every plugin, and registers it once', () => {
    const used = defaultFramework.plugins.map(({ name }) => name);
    deepEqual(used.sort(), registry.map(({ name }) => name).sort());
  });

  it('a profile that wants what does not exist is a bug', () => {
    throws(() => frameworkWith({ filter: ['Missing'] }), /the profile wants plugin Missing at filter/);
    throws(() => frameworkWith({ filter: ['Mute'] }, { name: 'Mute' }), /the profile wants plugin Mute at filter/);
  });
});

describe('PreFilter', () => {
  it('ends at the first refusal, though every plugin is asked', () => {
    const framework = frameworkWith(
      { preFilter: ['First', 'Second'], filter: ['First', 'Second'], postFilter: ['First', 'Second'] },
      {
        name: 'First',
        preFilter: () => unresolvable('no'),
        filter: () => undefined,
        postFilter: () => unschedulable('tried'),
      },
      {
        name: 'Second',
        preFilter({ state }) {
          state.write(stateKey<true>('Second'), true);
          return undefined;
        },
        filter: () => unschedulable('second'),
        postFilter: ({ state }) => (state.read(stateKey<true>('Second')) ? undefined : failed('not found')),
      },
    );
    const { message, nodes: verdicts, rejectedBy, postFilter } = evaluate(framework);
    equal(message, '0/2 nodes are available: no. not found');
    deepEqual(rejectedBy, ['First']);
    deepEqual(postFilter, { code: 'Error', message: 'not found' });
    deepEqual(verdicts.a?.first, { plugin: 'First', code: 'UnschedulableAndUnresolvable', reasons: ['no'] });
    deepEqual(verdicts.a?.all, [{ plugin: 'Second', code: 'Unschedulable', reasons: ['second'] }]);
  });

  const naming = (name: string, ...names: string[]): Plugin => ({
    name,
    preFilter: () => ({ code: 'Success', reasons: [], nodes: new Set(names) }),
    filter: () => undefined,
    postFilter: () => unschedulable('P'),
  });

  it('restricts the nodes to those that all plugins name', () => {
    const both = frameworkWith({ preFilter: ['P', 'Q'], filter: ['P'] }, naming('P', 'a', 'b'), naming('Q', 'b', 'c'));
    const { best, nodes: verdicts, preFilter } = evaluate(both);
    deepEqual(best, ['b']);
    deepEqual(verdicts.a?.first, {
      code: 'UnschedulableAndUnresolvable',
      reasons: ["node(s) didn't satisfy plugin(s) [P Q]"],
    });
    deepEqual(
      preFilter.map((answer) => answer.nodes),
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
    );
  });

  it('refuses the Pod if they name none together', () => {
    const none = frameworkWith({ preFilter: ['P', 'Q'], postFilter: ['P'] }, naming('P', 'a'), naming('Q', 'b'));
    equal(evaluate(none).message, "0/2 nodes are available: node(s) didn't satisfy plugin(s) [P Q] simultaneously. P");
    const alone = frameworkWith({ preFilter: ['P'], postFilter: ['P'] }, naming('P'));
    equal(evaluate(alone).message, "0/2 nodes are available: node(s) didn't satisfy plugin P. P");
  });

  it('fails with the plugin', () => {
    const broken = frameworkWith({ preFilter: ['P'] }, { name: 'P', preFilter: () => failed('boom') });
    const { result, reason, message } = evaluate(broken);
    deepEqual([result, reason, message], ['error', 'SchedulerError', 'running PreFilter plugin "P": boom']);
  });
});

describe('Filter and Score', () => {
  it('a filter that fails ends the attempt', () => {
    const broken = frameworkWith({ filter: ['P'] }, { name: 'P', filter: () => failed('boom') });
    const { result, message } = evaluate(broken);
    deepEqual([result, message], ['error', 'running "P" filter plugin: boom']);
  });

  it('a failure to prepare scores matters only if there is a choice', () => {
    const only = (name: string): Plugin => ({
      name: 'F',
      filter: (_cycle, node) => (node.name === name ? unschedulable('no') : undefined),
    });
    const broken: Plugin = { name: 'P', preScore: () => failed('boom'), score: () => 0 };
    const profile = { filter: ['F'], preScore: ['P'] };
    const { result, message } = evaluate(frameworkWith(profile, only(''), broken));
    deepEqual([result, message], ['error', 'running PreScore plugin "P": boom']);
    deepEqual(evaluate(frameworkWith(profile, only('a'), broken)).best, ['b']);
  });

  it('adds up weighted scores of the plugins that do not skip', () => {
    const framework = frameworkWith(
      {
        preScore: ['Idle'],
        score: [
          ['Idle', 9],
          ['Name', 3],
        ],
      },
      { name: 'Idle', preScore: () => skip, score: () => 100 },
      {
        name: 'Name',
        score: (_cycle, { name }) => (name === 'b' ? 2 : 1),
        normalizeScore: (_cycle, scores) => scores.forEach((entry) => (entry.score *= 10)),
      },
    );
    const { best, nodes: verdicts } = evaluate(framework);
    deepEqual(best, ['b']);
    deepEqual(verdicts.b, { first: null, all: [], scores: { Name: [2, 20, 60] }, total: 60 });
  });
});

describe('PostFilter', () => {
  it('goes on until a plugin makes room or finds that none can be made', () => {
    const plugin = (name: string, status: ReturnType<typeof unschedulable> | undefined): Plugin => ({
      name,
      postFilter: () => status,
    });
    const run = (...statuses: (ReturnType<typeof unschedulable> | undefined)[]) => {
      const plugins = statuses.map((status, i) => plugin(`P${i}`, status));
      return runPostFilter(
        cycleOf(frameworkWith({ postFilter: plugins.map(({ name }) => name) }, ...plugins)),
        new Map(),
      );
    };
    deepEqual(run(unschedulable('a'), unschedulable('b')), unschedulable('a', 'b'));
    deepEqual(run(unschedulable('a'), undefined), { code: 'Success', reasons: [] });
    deepEqual(run(unresolvable('a'), unschedulable('b')), unresolvable('a'));
  });
});

describe('Reserve, Permit and Bind', () => {
  const bindingOf = (framework: Framework): Binding => ({
    client: {} as Client,
    cycle: cycleOf(framework),
    pod: makePod('x'),
    nodeName: 'a',
    timestamp: () => '',
    isPodGone: () => false,
    announce: () => undefined,
  });
  const outcomeOf = (framework: Framework) => runBind(bindingOf(framework)).next().value;

  it('takes back what was reserved, in reverse, when a plugin refuses', () => {
    const calls: string[] = [];
    const plugin = (name: string, refuses = false): Plugin => ({
      name,
      reserve: () => (calls.push(`reserve ${name}`), refuses ? unschedulable(name) : undefined),
      unreserve: () => void calls.push(`unreserve ${name}`),
    });
    const framework = frameworkWith({ reserve: ['P', 'Q'] }, plugin('P'), plugin('Q', true));
    deepEqual(runReserve(bindingOf(framework)), unschedulable('Q'));
    deepEqual(calls, ['reserve P', 'reserve Q', 'unreserve Q', 'unreserve P']);
  });

  it('asks Permit plugins in order', () => {
    const framework = frameworkWith(
      { permit: ['P', 'Q'] },
      { name: 'P', permit: () => undefined },
      { name: 'Q', permit: () => unschedulable('later') },
    );
    deepEqual(runPermit(bindingOf(framework)), unschedulable('later'));
  });

  it('binds with the first plugin that does not skip', () => {
    const calls: string[] = [];
    const framework = frameworkWith(
      { preBind: ['P'], bind: ['P', 'Q', 'R'], postBind: ['P'] },
      {
        name: 'P',
        preBind: () => void calls.push('preBind'),
        bind: () => skip,
        postBind: () => void calls.push('postBind'),
      },
      { name: 'Q', bind: () => void calls.push('Q') },
      { name: 'R', bind: () => void calls.push('R') },
    );
    equal(outcomeOf(framework), undefined);
    deepEqual(calls, ['preBind', 'Q', 'postBind']);
  });

  it('waits for a plugin as long as it says', () => {
    function* wait() {
      yield 1000;
      yield 2000;
      return failed('too late');
    }
    const work = runBind(bindingOf(frameworkWith({ preBind: ['P'] }, { name: 'P', preBind: wait })));
    deepEqual([work.next().value, work.next().value], [1000, 2000]);
    deepEqual(work.next(), { value: failed('running PreBind plugin "P": too late'), done: true });
  });

  it('says which plugin could not bind', () => {
    const broken = (point: 'preBind' | 'bind') =>
      frameworkWith({ [point]: ['P'] }, { name: 'P', [point]: () => failed('boom') });
    deepEqual(outcomeOf(broken('preBind')), failed('running PreBind plugin "P": boom'));
    deepEqual(outcomeOf(broken('bind')), failed('running Bind plugin "P": boom'));
  });
});
