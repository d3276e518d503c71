// DefaultBinder: tells the server which node the Pod got (POST pods/NAME/binding).
import type { Binding as ApiBinding } from '../../../api/object.ts';
import type { Plugin } from '../framework/plugin.ts';
import { failed } from '../framework/status.ts';

export const defaultBinder: Plugin = {
  name: 'DefaultBinder',

  bind({ client, pod, nodeName }) {
    const { namespace = '', name = '', uid } = pod.metadata;
    const body: ApiBinding = {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name, namespace, ...(uid && { uid }) },
      target: { kind: 'Node', name: nodeName },
    };
    const answer = client.create({ resource: 'pods', namespace, name, subresource: 'binding' }, body);
    return answer.ok ? undefined : failed(answer.status.message);
  },
};
