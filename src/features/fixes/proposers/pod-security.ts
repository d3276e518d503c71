// A Pod that does not say of itself what the Pod Security Standard of its namespace asks for: it says so.
import { templatePathOf } from '../../../analyzer/template-paths.ts';
import { valueAt } from '../../../analyzer/value-places.ts';
import { isObject, type JsonValue } from '../../../base/json.ts';
import type { Declared } from '../../sources.ts';
import { set, type WrittenEdit } from '../change.ts';
import type { Proposer } from '../proposer.ts';

/** What a field of a security context has to be. */
const asked: Readonly<Record<string, JsonValue>> = {
  allowPrivilegeEscalation: false,
  'capabilities.drop': ['ALL'],
  runAsNonRoot: true,
  'seccompProfile.type': 'RuntimeDefault',
};

/** A user that is not root, for images that name none. */
const someUser = 1000;

export const podSecurity: Proposer = {
  findings: ['forbidden', 'pod-creation', 'server-warning'],
  propose({ declared, finding: { message } }) {
    const [, level] = /violate\w* PodSecurity "([^":]+)/.exec(message) ?? [];
    const template = templatePathOf(declared.object.kind);
    const pod = template ? `${template}.spec` : 'spec';
    const edits = level === undefined ? [] : editsFor(message, declared, pod);
    if (edits.length === 0) return [];
    const common = { family: 'pod-security', cost: edits.length, edits };
    const title = `Set what the Pod Security Standard ${level} asks for`;
    const user = set(declared, `${pod}.securityContext.runAsUser`, someUser);
    return [
      { ...common, id: `set for ${level}`, title, risk: 1 },
      {
        ...common,
        id: `set for ${level} as a user`,
        title: `${title}, and run as the user ${someUser}`,
        risk: 2,
        edits: [...edits, user],
      },
    ];
  },
};

function editsFor(message: string, declared: Declared, pod: string): WrittenEdit[] {
  const demands = message.matchAll(/(pod or )?containers? ([^()]*?) must set securityContext\.([\w.]+)/g);
  return [...demands].flatMap(([, anyone, names = '', field = '']) => {
    const value = asked[field];
    if (value === undefined) return [];
    const holders = anyone ? [pod] : containersNamed(names, declared, pod);
    return holders.map((holder) => set(declared, `${holder}.securityContext.${field}`, value));
  });
}

/** Where the containers of a list `"a", "b"` stand. */
function containersNamed(names: string, { object }: Declared, pod: string): string[] {
  return ['initContainers', 'containers'].flatMap((list) => {
    const containers = valueAt(object, `${pod}.${list}`);
    return (Array.isArray(containers) ? containers : []).flatMap((container: unknown, i) =>
      isObject(container) && names.includes(`"${String(container.name)}"`) ? [`${pod}.${list}[${i}]`] : [],
    );
  });
}
