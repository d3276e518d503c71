// serviceaccounts/token: a kubelet asks for the token of a Pod's service account. There are no real tokens in a simulation.
import { copyWith } from '../../../base/copy.ts';
import type { ServiceAccount, TokenRequest } from '../../../api/object.ts';
import { notFound } from '../../../api/status.ts';
import { formatTime } from '../../kernel/time.ts';
import type { Storage } from '../registry/storage.ts';
import { accepted, refused, type Answer, type WriteRequest } from '../request.ts';
import type { Store } from '../store.ts';

const placeholder = '<token>';
const hour = 3600;

export function issueToken(store: Store, storage: Storage, request: WriteRequest, name: string): Answer {
  const { namespace, object } = request;
  const account = store.reader.get<ServiceAccount>('serviceaccounts', namespace, name);
  if (!account) return refused(notFound(storage.resource, name));
  const asked = object as TokenRequest;
  const seconds = asked.spec?.expirationSeconds ?? hour;
  const expirationTimestamp = formatTime(store.kernel.now + seconds * 1000);
  const issued = copyWith(asked, { status: { token: placeholder, expirationTimestamp } });
  return accepted(201, copyWith(issued, { metadata: copyWith(asked.metadata, { name, namespace }) }));
}
