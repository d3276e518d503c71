// A kind that does not exist: the one that was meant, with its API version where that does not fit it either.
import { nearest } from '../../../analyzer/suggest.ts';
import { builtinKinds, versionsOfKind } from '../../../api/resources.ts';
import { set } from '../change.ts';
import type { Proposer } from '../proposer.ts';

export const kindName: Proposer = {
  findings: ['unknown-kind'],
  propose({ declared }) {
    const { kind, apiVersion } = declared.object;
    if (versionsOfKind(kind).length > 0) return [];
    const served = [...builtinKinds()];
    const here = served.filter((one) => versionsOfKind(one).includes(apiVersion));
    const meant = nearest(kind, here) ?? nearest(kind, served);
    if (meant === undefined) return [];
    const versions = versionsOfKind(meant);
    const version = versions.includes(apiVersion) ? undefined : versions[0];
    return [
      {
        id: `set kind ${meant}`,
        title: `Correct the kind to ${meant}${version ? ` of ${version}` : ''}`,
        ...{ cost: version ? 2 : 1, risk: 0, isSafe: !version, isCertain: true },
        edits: [set(declared, 'kind', meant), ...(version ? [set(declared, 'apiVersion', version)] : [])],
      },
    ];
  },
};
