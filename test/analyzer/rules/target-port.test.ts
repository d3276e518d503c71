import assert from 'node:assert/strict';
import { Surroundings } from '../../../src/features/surroundings.ts';
import { applyText, clusterFrom, found } from '../../support/apply.ts';
import { checkFile, declarationsOf, parseSource } from '../../../src/features/index.ts';

const ids = ['target-port'];
const service = (port: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [${port}]}\n`;
const pod = (more: string, name = 'web') =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {app: web}}\nspec: {containers: [{name: a, image: a}, ${more}]}\n`;
const named = (name: string, protocol = 'TCP') =>
  `{name: b, image: b, ports: [{name: ${name}, containerPort: 8080, protocol: ${protocol}}]}`;

describe('a named target port', () => {
  it('that no selected Pod has is told at its place, with what was meant', () => {
    const [row, ...others] = found(service('{port: 80, targetPort: htttp}') + pod(named('http')), ids);
    assert.deepEqual(row?.slice(0, 3), ['error', 'target-port', 'htttp']);
    assert.match(row?.[3] ?? '', /did you mean http\?$/);
    assert.deepEqual(others, []);
    const [other] = found(service('{port: 80, targetPort: metrics}') + pod(named('http')), ids);
    assert.match(other?.[3] ?? '', /they have http; or give a container port the name/);
    const [none] = found(service('{port: 80, targetPort: metrics}') + pod('{name: b, image: b}'), ids);
    assert.match(none?.[3] ?? '', /that name: give a container port the name, or write the number/);
  });

  it('stands on the slices that lack the port', () => {
    const { findings, trace } = applyText(service('{port: 80, targetPort: htttp}') + pod(named('http')));
    const [finding] = findings;
    const last = trace[finding?.steps.at(-1) ?? 0];
    assert.ok(last?.type === 'store' && last.object.kind === 'EndpointSlice');
  });

  const fine: [string, string][] = [
    ['a Pod has', service('{port: 80, targetPort: http}') + pod(named('http'))],
    ['one of the Pods has', service('{port: 80, targetPort: http}') + pod(named('web')) + pod(named('http'), 'other')],
    ['is a number that nobody declares', service('{port: 80, targetPort: 8080}') + pod('{name: b, image: b}')],
    ['is the port itself', service('{port: 80}') + pod('{name: b, image: b}')],
    ['is of no Pod at all', service('{port: 80, targetPort: http}')],
    [
      'a sidecar has',
      service('{port: 80, targetPort: http}') +
        pod(`{name: c, image: c}], initContainers: [${named('http').replace('{', '{restartPolicy: Always, ')}`),
    ],
    [
      'a Pod has that gets no node',
      service('{port: 80, targetPort: http}') + pod(`${named('http')}], nodeSelector: {a: b}, tolerations: [`),
    ],
  ];
  for (const [what, text] of fine) it(`that ${what} is fine`, () => assert.deepEqual(found(text, ids), []));

  it('has a protocol', () => {
    assert.equal(found(service('{port: 53, targetPort: dns}') + pod(named('dns', 'UDP')), ids).length, 1);
    assert.deepEqual(found(service('{port: 53, targetPort: dns, protocol: UDP}') + pod(named('dns', 'UDP')), ids), []);
  });

  it('is looked for in the Pods that other files describe', () => {
    const other = (port: string) => {
      const surroundings = new Surroundings();
      surroundings.add(declarationsOf(parseSource({ name: 'pod.yaml', text: pod(named(port)) })));
      const file = parseSource({ name: 'app.yaml', text: service('{port: 80, targetPort: http}') });
      return checkFile(file, surroundings, { cluster: clusterFrom('tutorial'), preset: true }).map(({ id }) => id);
    };
    assert.deepEqual(other('web'), ids);
    assert.deepEqual(other('http'), []);
  });
});
