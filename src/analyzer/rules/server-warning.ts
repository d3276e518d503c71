// The API server takes an object, but warns: a version that will go, a field that has no effect.
import { linesOf } from '../lines.ts';
import type { ObjectRef } from '../../api/object.ts';
import { isObject } from '../../base/json.ts';
import { refOf } from '../../api/object.ts';
import type { KubeObject } from '../../api/object.ts';
import type { Finding, Rule } from '../finding.ts';

export const serverWarning: Rule = {
  ids: ['server-warning'],
  find: ({ trace }) =>
    linesOf(trace, 'response').flatMap((entry) => {
      if (entry.to !== 'kubectl' || !entry.warnings || entry.code >= 400) return [];
      const request = trace[entry.request];
      if (request?.type !== 'request' || request.verb === 'get' || !isObject(request.body)) return [];
      const subject = subjectOf(request.body as unknown as KubeObject, request.target.namespace);
      return entry.warnings.map((message): Finding => {
        const [, path = ''] = /^((?:metadata|spec)[^\s:]*):/.exec(message) ?? [];
        return {
          id: 'server-warning',
          severity: 'warning',
          subject,
          field: { path },
          message,
          related: [],
          explanation: 'The API server accepts the object, and warns.',
          steps: [request.seq, entry.seq],
        };
      });
    }),
};

function subjectOf(body: KubeObject, namespace: string | undefined): ObjectRef {
  const ref = refOf({ ...body, metadata: isObject(body.metadata) ? body.metadata : {} });
  return namespace ? { ...ref, namespace } : ref;
}
