import { configMap, runs } from './runs.ts';

const forbidden = (what: string, verb: string, user = 'alice') =>
  `Error from server (Forbidden): ${what} is forbidden: User "${user}" cannot ${verb} resource "configmaps" in API group "" in the namespace "default"\n`;

describe('kubectl --as', () => {
  it('asks in the name of another, who may do less', () => {
    runs({ 'a.yaml': configMap('one') }, [
      ['apply -f a.yaml', 'configmap/one created\n'],
      ['get cm --as=alice', forbidden('configmaps', 'list'), 1],
      ['get cm one --as alice', forbidden('configmaps "one"', 'get'), 1],
      ['get cm one -o name --as=alice --as-group=system:masters', 'configmap/one\n'],
      [
        'get cm one --as=system:serviceaccount:default:web',
        forbidden('configmaps "one"', 'get', 'system:serviceaccount:default:web'),
        1,
      ],
    ]);
  });
});
