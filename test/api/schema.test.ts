import assert from 'node:assert/strict';
import { deprecationWarning } from '../../src/api/deprecations.ts';
import { builtinResources } from '../../src/api/resources.generated.ts';
import { apiVersionOf } from '../../src/api/api-resource.ts';
import { types } from '../../src/api/schema.generated.ts';
import { fieldOf, typeNamed, typeOfKind, underlying } from '../../src/api/schema.ts';

describe('schema', () => {
  const pod = typeOfKind('v1', 'Pod');
  assert.ok(pod);

  it('knows every kind that the server serves', () => {
    for (const resource of builtinResources) {
      assert.ok(typeOfKind(apiVersionOf(resource), resource.kind), `${apiVersionOf(resource)} ${resource.kind}`);
    }
    assert.equal(typeOfKind('v1', 'Pood'), undefined);
  });

  it('reads every line of the table', () => {
    for (const key of Object.keys(types)) {
      const type = typeNamed(key);
      assert.equal(type.goType, key.slice(key.lastIndexOf('/') + 1));
      for (const field of type.fields) assert.match(field.goName, /^[A-Z]/, key);
    }
  });

  it('says how Go calls a field and its type', () => {
    const spec = fieldOf(pod, 'spec');
    assert.ok(spec);
    assert.equal(spec.type.goType, 'v1.PodSpec');
    const rows: [name: string, goName: string, goType: string, omitEmpty: boolean][] = [
      ['containers', 'Containers', '[]v1.Container', false],
      ['dnsPolicy', 'DNSPolicy', 'v1.DNSPolicy', true],
      ['serviceAccount', 'DeprecatedServiceAccount', 'string', true],
      ['terminationGracePeriodSeconds', 'TerminationGracePeriodSeconds', '*int64', true],
      ['nodeSelector', 'NodeSelector', 'map[string]string', true],
      ['overhead', 'Overhead', 'v1.ResourceList', true],
    ];
    for (const [name, goName, goType, omitEmpty] of rows) {
      const field = fieldOf(spec.type, name);
      assert.deepEqual([field?.goName, field?.type.goType, field?.omitEmpty], [goName, goType, omitEmpty]);
    }
    assert.equal(fieldOf(spec.type, 'container'), undefined);
  });

  it('says how a list merges', () => {
    const { type } = fieldOf(pod, 'spec') ?? {};
    assert.ok(type);
    const volumes = fieldOf(type, 'volumes');
    assert.deepEqual([volumes?.patchStrategies, volumes?.patchMergeKey], [['merge', 'retainKeys'], 'name']);
    assert.deepEqual(fieldOf(type, 'tolerations')?.patchStrategies, []);
    const strategy = fieldOf(typeNamed('apps/v1.DeploymentSpec'), 'strategy');
    assert.deepEqual([strategy?.patchStrategies, strategy?.patchMergeKey], [['retainKeys'], undefined]);
  });

  it('promotes the fields of embedded structs, in the order in which Go writes them', () => {
    assert.deepEqual([...pod.byName.keys()], ['kind', 'apiVersion', 'metadata', 'spec', 'status']);
    const secret = typeNamed('core/v1.Volume').byName.get('secret');
    assert.deepEqual(secret?.through, ['VolumeSource']);
    const rule = typeNamed('admissionregistration/v1.NamedRuleWithOperations').byName.get('apiGroups');
    assert.deepEqual(rule?.through, ['RuleWithOperations', 'Rule']);
  });

  it('looks behind pointers', () => {
    assert.equal(underlying(typeNamed('*core/v1.Affinity')).name, 'Affinity');
    assert.equal(fieldOf(typeNamed('*core/v1.Affinity'), 'nodeAffinity')?.type.goType, '*v1.NodeAffinity');
  });

  it('knows which kinds are deprecated', () => {
    assert.equal(
      deprecationWarning('v1', 'Endpoints'),
      'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
    );
    assert.equal(deprecationWarning('v1', 'Pod'), undefined);
  });
});
