// A Service that selects no Pod: one label of its selector is that of a Pod, but for a slip, or has another value there.
import { nearest } from '../../../analyzer/suggest.ts';
import type { Pod, Service } from '../../../api/object.ts';
import { isWritten, rename, set, type Change } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const serviceSelector: Proposer = {
  findings: ['service-without-endpoints'],
  propose({ applied, declared, finding }) {
    const selector = Object.entries((declared.object as Service).spec?.selector ?? {});
    const { namespace } = finding.subject;
    const pods = applied.objects<Pod>('pods').filter(({ metadata }) => metadata.namespace === namespace);
    const changes = new Map<string, Change>();
    for (const { metadata } of pods) {
      const labels = metadata.labels ?? {};
      const [missed, another] = selector.filter(([key, value]) => labels[key] !== value);
      if (!missed || another || selector.length === 0) continue;
      const [key, value] = missed;
      const at = `spec.selector[${key}]`;
      const meant =
        labels[key] === undefined
          ? nearest(
              key,
              Object.keys(labels).filter((one) => labels[one] === value),
            )
          : undefined;
      const other = labels[key];
      if (other !== undefined) {
        const isTypo = nearest(value, [other]) !== undefined;
        const change = { id: `set ${at} ${other}`, title: `Select ${key}=${other}`, cost: 1, risk: isTypo ? 0 : 2 };
        changes.set(change.id, { ...change, edits: [set(declared, at, other)] });
      } else if (meant !== undefined && !isWritten(declared, `spec.selector[${meant}]`)) {
        const change = { id: `rename ${at} ${meant}`, title: `Select by ${meant}`, cost: 1, risk: 0 };
        changes.set(change.id, { ...change, edits: [rename(declared, at, meant)] });
      }
    }
    return [...changes.values()];
  },
};
