// Kustomizations in kubectl's commands, and what of them is not modelled.
import assert from 'node:assert/strict';
import { kustomizationsIn, kustomizedSource } from '../../../../src/features/kustomizations.ts';
import { noFiles, Simulation, type FileAccess } from '../../../../src/simulator/index.ts';
import { foldersOf } from '../../../support/folders.ts';
import { configMap, fresh } from '../runs.ts';

const files = {
  'app/kustomization.yaml':
    'resources: [settings.yaml]\nnamePrefix: dev-\nsecretGenerator:\n- name: key\n  literals: [k=hidden-value]\n',
  'app/settings.yaml': configMap('settings'),
};
const access: FileAccess = { ...noFiles, kustomization: kustomizationsIn(foldersOf(files, '/work')) };

describe('a kustomization', () => {
  it('is applied, compared and deleted by -k', () => {
    const simulation = new Simulation(fresh);
    const printed = (...args: string[]) => {
      const { stdout, stderr } = simulation.kubectl(args, access);
      simulation.settle();
      return stderr + stdout;
    };
    const created = printed('apply', '-k', 'app');
    assert.match(created, /^configmap\/dev-settings created\nsecret\/dev-key-[a-z0-9]{10} created\n$/);
    assert.equal(printed('apply', '-k', 'app'), created.replaceAll('created', 'unchanged'));
    assert.match(printed('get', 'cm', 'dev-settings', '-o', 'name'), /^configmap\/dev-settings\n$/);
    assert.match(printed('delete', '-k', 'app'), /^configmap "dev-settings" deleted from default namespace\nsecret/);
    assert.equal(JSON.stringify(simulation.trace).includes('aGlkZGVuLXZhbHVl'), false);
  });

  it('is created and replaced on trial', () => {
    const simulation = new Simulation(fresh);
    const said = (...args: string[]) => simulation.kubectl(args, access).stdout;
    assert.match(
      said('create', '-k', 'app', '--dry-run=server'),
      /^configmap\/dev-settings created \(server dry run\)\n/,
    );
    assert.match(said('replace', '-k', 'app', '--dry-run=client'), /^configmap\/dev-settings replaced \(dry run\)\n/);
    assert.equal(said('get', 'cm', 'dev-settings', '--ignore-not-found'), '');
  });

  it('goes with no files', () => {
    const simulation = new Simulation(fresh);
    const said = (...args: string[]) => simulation.kubectl(args, access).stderr;
    assert.equal(said('apply', '-k', 'app', '-f', 'x.yaml'), 'error: only one of -f or -k can be specified\n');
    assert.equal(said('diff', '-k', 'app', '-R'), "error: the -k flag can't be used with -f or -R\n");
    assert.equal(said('kustomize', 'a', 'b'), 'error: specify one path to kustomization.yaml\n');
    assert.match(simulation.kubectl(['apply', '-k', 'app'], noFiles).stderr, /not simulated: -k app/);
  });

  for (const [what, field] of Object.entries({
    'the charts of Helm': 'helmCharts: [{name: a}]',
    plugins: 'generators: [a.yaml]',
    variables: 'vars: [{name: A}]',
    'other field specs': 'configurations: [a.yaml]',
    'remote bases': 'bases: ["https://example.com/a?ref=v1"]',
    'fields in another case': 'NamePrefix: a-',
    'nulls in lists': 'components: [null]',
  })) {
    it(`is unknown where it has ${what}`, () => {
      const folders = foldersOf(
        { ...files, 'app/kustomization.yaml': `${files['app/kustomization.yaml']}${field}\n` },
        '/work',
      );
      const built = kustomizedSource(folders, 'app');
      assert.match('refusal' in built ? built.refusal : 'built', /^not simulated: /);
    });
  }
});
