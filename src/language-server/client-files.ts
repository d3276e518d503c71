// Files that only the client can read: those of a virtual workspace, and all of them in a browser.
import type { Connection } from 'vscode-languageserver';
import type { ClientRequests } from '../protocol/settings.ts';
import type { Reader } from './host.ts';

export function clientFiles(connection: Connection): Reader {
  const ask = <M extends keyof ClientRequests>(method: M, params: ClientRequests[M]['params']) =>
    connection.sendRequest<ClientRequests[M]['result']>(method, params);
  return {
    async read(uri) {
      const text = await ask('applyscope/readFile', { uri }).catch(() => null);
      return text === null ? undefined : { text };
    },
    list: (uri, recursive) => ask('applyscope/listFiles', { uri, recursive }).catch(() => []),
  };
}
