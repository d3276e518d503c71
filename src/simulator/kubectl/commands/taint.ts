// `kubectl taint nodes NAME key=value:Effect key-` (k8s.io/kubectl/pkg/cmd/taint).
import type { Node, Taint } from '../../../api/object.ts';
import { commonFlags } from '../arguments.ts';
import type { Command } from '../command.ts';
import { taintText } from '../describe/node.ts';
import { builtin } from '../describe/describer.ts';
import { statusFailure, textFailure, together, type Failure } from '../failure.ts';
import type { Session, Steps } from '../session.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

interface Changes {
  readonly added: readonly Taint[];
  /** Without an effect: all taints of the key. */
  readonly removed: readonly { readonly key: string; readonly effect?: string }[];
}

export const taint: Command = {
  flags: {
    ...commonFlags,
    overwrite: { kind: 'switch' },
    all: { kind: 'switch' },
    selector: { short: 'l', kind: 'text' },
  },
  *run(session, [type = '', ...args], flags) {
    if (!/^(?:nodes?|no)$/.test(type)) return textFailure(`invalid resource type ${type}, only node(s) is supported`);
    const isChange = (arg: string) => /[=:]|-$/.test(arg);
    const changes = readChanges(args.filter(isChange));
    if ('type' in changes) return changes;
    yield* session.discover();
    const named = args.filter((arg) => !isChange(arg));
    const labelSelector = flags.text('selector');
    const listed =
      named.length > 0 ? [] : yield* session.list<Node>(builtin('nodes'), labelSelector ? { labelSelector } : {});
    const failures: Failure[] = [];
    for (const name of [...named, ...listed.map((node) => node.metadata.name ?? '')]) {
      const failure = yield* taintNode(session, name, changes, flags.switched('overwrite'));
      if (failure) failures.push(failure);
    }
    return together(failures);
  },
};

function readChanges(args: readonly string[]): Changes | Failure {
  const added: Taint[] = [];
  const removed: Changes['removed'][number][] = [];
  for (const arg of args) {
    const isRemoval = arg.endsWith('-');
    const [, key = '', value, effect] =
      /^([^=:]+)(?:=([^:]*))?(?::([^:]*))?$/.exec(isRemoval ? arg.slice(0, -1) : arg) ?? [];
    if (key === '') return textFailure(`invalid taint spec: ${arg}`);
    if (effect !== undefined && !effects.includes(effect)) {
      return textFailure(`invalid taint effect: ${effect}, unsupported taint effect`);
    }
    if (isRemoval) removed.push({ key, ...(effect !== undefined && { effect }) });
    else if (effect === undefined) return textFailure(`invalid taint spec: ${arg}`);
    else added.push({ key, ...(value && { value }), effect });
  }
  return { added, removed };
}

const sameTaint = (a: Pick<Taint, 'key' | 'effect'>, b: Pick<Taint, 'key' | 'effect'>) =>
  a.key === b.key && a.effect === b.effect;

function* taintNode(
  session: Session,
  name: string,
  { added, removed }: Changes,
  overwrite: boolean,
): Steps<Failure | undefined> {
  const place = { resource: builtin('nodes'), name };
  const response = yield* session.get<Node>(place);
  if (!response.ok) return statusFailure(response.status);
  const old = response.object.spec?.taints ?? [];
  const clashing = added.filter((taint) => old.some((other) => sameTaint(taint, other)));
  if (clashing.length > 0 && !overwrite) {
    const keys = clashing.map(({ key }) => key).join(',');
    return textFailure(`node ${name} already has ${keys} taint(s) with same effect(s) and --overwrite is false`);
  }
  const merged = [...added, ...old.filter((taint) => !added.some((other) => sameTaint(taint, other)))];
  const goes = (taint: Taint) =>
    removed.some(({ key, effect }) => taint.key === key && (!effect || taint.effect === effect));
  const missing = removed.find(
    ({ key, effect }) => !merged.some((t) => t.key === key && (!effect || t.effect === effect)),
  );
  if (missing) return textFailure(`taint "${taintText({ key: missing.key, effect: missing.effect ?? '' })}" not found`);
  const taints = merged.filter((each) => !goes(each));
  const patch = { spec: { taints: taints.length > 0 ? taints : null } };
  const options = { fieldManager: 'kubectl-taint', fieldValidation: 'Strict' } as const;
  const patched = yield* session.patch<Node>(place, 'strategic', patch, options);
  if (!patched.ok) return statusFailure(patched.status);
  const isAddition = merged.length !== old.length;
  const isModification = overwrite || (isAddition && removed.length > 0);
  session.out(`node/${name} ${isModification ? 'modified' : isAddition ? 'tainted' : 'untainted'}`);
  return undefined;
}
