// Objects of kinds that CustomResourceDefinitions make known, as a person meets them: in another file, in the cluster, in kubectl.
import assert from 'node:assert/strict';
import { checkFile, declarationsOf, parseSource, Surroundings } from '../../src/features/index.ts';
import { noFiles, Simulation } from '../../src/simulator/index.ts';
import { applyText, clusterFrom, found, nodeText } from '../support/apply.ts';
import { definitionText } from '../support/definition.ts';

const definition = definitionText(
  'widgets',
  'singular: widget, kind: Widget, shortNames: [wd]',
  `            properties:
              size: {type: integer, minimum: 1}
              color: {type: string, default: red}
`,
);
const widget = (spec: string) => `apiVersion: example.com/v1
kind: Widget
metadata: {name: w}
spec: ${spec}
`;
const cluster = `${nodeText('a')}---\n${definition}`;

describe('custom resources', () => {
  it('are checked by the definition in the cluster, on the field', () => {
    assert.deepEqual(found(widget('{size: 3}'), ['invalid', 'unknown-field', 'unknown-kind'], { cluster }), []);
    const { findings } = applyText(widget('{size: 0}'), { cluster });
    assert.deepEqual(
      findings.map(({ severity, message, field }) => [severity, message, field?.path]),
      [['error', 'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1', 'spec.size']],
    );
    assert.match(applyText(widget('{sise: 1}'), { cluster }).findings[0]?.message ?? '', /unknown field "spec.sise"/);
  });

  it('are checked by the definition in another file', () => {
    const surroundings = new Surroundings();
    const file = parseSource({ name: 'app.yaml', text: widget('{size: 0}') });
    for (const one of [file, parseSource({ name: 'crd.yaml', text: definition })])
      surroundings.add(declarationsOf(one));
    const rows = checkFile(file, surroundings, { cluster: clusterFrom('tutorial'), preset: true });
    assert.deepEqual(
      rows.map(({ severity, line, column }) => [severity, line, column]),
      [['error', 4, 14]],
    );
  });

  it('come too late in the apply of their definition, and in time in the next', () => {
    const simulation = new Simulation(clusterFrom('tutorial').state);
    const apply = (text: string) => {
      const values = parseSource({ name: 'f.yaml', text }).manifest.documents.map(({ object }) => ({ value: object }));
      return simulation.kubectl(['apply', '-f', 'f.yaml'], {
        kindOf: () => 'file' as const,
        list: () => [],
        read: () => values,
      });
    };
    const first = apply(`${definition}---\n${widget('{size: 3}')}`);
    assert.match(first.stderr, /no matches for kind "Widget" in version "example.com\/v1"/);
    simulation.settle();
    const second = apply(widget('{size: 3}'));
    assert.equal(second.output, 'widget.example.com/w created\n');
    assert.equal(apply(widget('{size: 4}')).output, 'widget.example.com/w configured\n');
    assert.match(simulation.kubectl(['get', 'wd', 'w', '-o', 'yaml'], noFiles).stdout, /color: red\n {2}size: 4/);
    assert.match(simulation.kubectl(['delete', 'widgets', 'w'], noFiles).stdout, /widget.example.com "w" deleted/);
  });
});
