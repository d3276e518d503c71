import assert from 'node:assert/strict';
import { parseArguments, unknownFlagText, type FlagSpecs } from '../../../src/simulator/kubectl/arguments.ts';
import { isFailure, selectionsOf } from '../../../src/simulator/kubectl/named-objects.ts';
import { resourceByAnyName } from '../../../src/simulator/kubectl/resource-names.ts';

const specs: FlagSpecs = {
  namespace: { short: 'n', kind: 'text' },
  filename: { short: 'f', kind: 'list' },
  wait: { kind: 'switch' },
  'dry-run': { kind: 'text', bare: 'unchanged' },
};

function parsed(line: string) {
  const result = parseArguments(line.split(' '), specs);
  assert.ok('flags' in result, line);
  return result;
}

describe('a command line', () => {
  it('has flags anywhere', () => {
    const { flags, positional } = parsed('pods -n shop web --wait=false -f a,b -f c');
    assert.deepEqual(positional, ['pods', 'web']);
    assert.equal(flags.text('namespace'), 'shop');
    assert.deepEqual(flags.list('filename'), ['a', 'b', 'c']);
    assert.equal(flags.switched('wait', true), false);
    assert.equal(flags.switched('other', true), true);
  });

  it('takes values in every spelling', () => {
    for (const line of ['-nshop', '-n=shop', '-n shop', '--namespace=shop', '--namespace shop']) {
      assert.equal(parsed(line).flags.text('namespace'), 'shop', line);
    }
    assert.equal(parsed('--dry-run').flags.text('dry-run'), 'unchanged');
    assert.deepEqual(parsed('- -- -n x').positional, ['-', '-n', 'x']);
  });

  it('tells flags that kubectl has from those it has not', () => {
    assert.deepEqual(parseArguments(['--bogus'], specs), { unknownFlag: '--bogus' });
    assert.equal(unknownFlagText('apply', '--bogus'), "unknown flag: --bogus\nSee 'kubectl apply --help' for usage.");
    assert.equal(unknownFlagText('apply', '--server-side'), undefined);
  });
});

describe('resources on a command line', () => {
  const names: [text: string, resource: string | undefined][] = [
    ['po', 'pods'],
    ['Pod', 'pods'],
    ['deploy', 'deployments'],
    ['deployments.apps', 'deployments'],
    ['deployments.v1.apps', 'deployments'],
    ['ev', 'events'],
    ['nope', undefined],
  ];
  for (const [text, resource] of names) it(text, () => assert.equal(resourceByAnyName(text)?.plural, resource));

  const shown = (line: string) => {
    const found = selectionsOf(line.split(' '), 'missing');
    return isFailure(found)
      ? found
      : found.selections.map(({ resource, names: wanted }) => [resource.plural, ...wanted].join(' '));
  };
  it('are named in several ways', () => {
    assert.deepEqual(shown('no,svc'), ['nodes', 'services']);
    assert.deepEqual(shown('pod a b'), ['pods a b']);
    assert.deepEqual(shown('pod/a deploy/b'), ['pods a', 'deployments b']);
    assert.ok((shown('all') as string[]).includes('replicasets'));
    assert.deepEqual(shown('nope'), { type: 'text', message: `error: the server doesn't have a resource type "nope"` });
    assert.equal((shown('pod/a b') as { type: string }).type, 'text');
    assert.equal((shown('pod/a/b') as { type: string }).type, 'text');
  });
});
