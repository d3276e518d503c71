// Who answers which topic. An answer function sees a question and gives the answer line of the judge's layout.
import type { Case } from '../compare/question.ts';

export type Answer = { readonly id: string } & Readonly<Record<string, unknown>>;
export type AnswerFunction = (question: Case) => Answer;

type Loader = () => Promise<{ answer: (question: never) => unknown }>;

/** Topic prefix → the module that answers; the longest prefix counts. */
const answerers: Readonly<Record<string, Loader>> = {
  'api/admission': () => import('./defaulting.ts'),
  'api/decoding': () => import('./decoding.ts'),
  'api/defaulting': () => import('./defaulting.ts'),
  'api/validation': () => import('./validation.ts'),
  'api/custom-resources': () => import('./validation.ts'),
  'api/updates': () => import('./updates.ts'),
  'api/kubectl': () => import('./kubectl.ts'),
  'hashes/': () => import('./hashes.ts'),
  'scheduling/': () => import('./scheduling.ts'),
  'network/endpoint-slices': () => import('./endpoint-slices.ts'),
  'network/kube-proxy': () => import('./kube-proxy.ts'),
  'network/dns': () => import('./dns.ts'),
};

/** The function that answers a topic; topics that are not modelled are answered unknown. */
export async function answererOf(topic: string): Promise<AnswerFunction> {
  const prefix = Object.keys(answerers)
    .filter((candidate) => topic.startsWith(candidate))
    .sort((a, b) => b.length - a.length)[0];
  const load = prefix === undefined ? undefined : answerers[prefix];
  if (!load) return ({ id }) => ({ id, unknown: `${topic} is not modelled yet` });
  const { answer } = await load();
  return (question) => answer(question as never) as Answer;
}
