// A kind that does not exist: the one that was meant, with its API version where that does not fit it either.
import { nearest } from '../../../analyzer/suggest.ts';
import { builtinKinds, versionsOfKind } from '../../../api/resources.ts';
import { set } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const kindName: Proposer = {
  findings: ['unknown-kind', 'refused'],
  propose({ declared, finding }) {
    const { kind, apiVersion } = declared.object;
    if (versionsOfKind(kind).length > 0) return [];
    const served = [...builtinKinds()];
    const here = served.filter((one) => versionsOfKind(one).includes(apiVersion));
    const meant = nearest(kind, here) ?? nearest(kind, served);
    if (meant === undefined) return [];
    // kubectl finds the resource of a kind in any case; the server then refuses another spelling
    if (finding.id === 'refused' && meant.toLowerCase() !== kind.toLowerCase()) return [];
    const versions = versionsOfKind(meant);
    const version = versions.includes(apiVersion) ? undefined : versions[0];
    return [
      {
        id: `set kind ${meant}`,
        title: `Correct the kind to ${meant}${version ? ` of ${version}` : ''}`,
        cost: version ? 2 : 1,
        risk: 0,
        isSafe: !version,
        isCertain: true,
        edits: [set(declared, 'kind', meant), ...(version ? [set(declared, 'apiVersion', version)] : [])],
      },
    ];
  },
};
