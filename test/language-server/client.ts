// An editor for tests: speaks with the server over a real connection, and keeps what it was told.
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { readFileSync, readdirSync } from 'node:fs';
import type { Host, Preset, Reader } from '../../src/language-server/host.ts';
import { LanguageServer } from '../../src/language-server/server.ts';
import type { ClientOptions } from '../../src/protocol/settings.ts';

export const folder = 'file:///work';

const presets: Record<string, Preset> = Object.fromEntries(
  readdirSync('media/clusters').map((file) => [
    file.replace('.yaml', ''),
    { text: readFileSync(`media/clusters/${file}`, 'utf8') },
  ]),
);

export interface ClientSetup {
  /** Stored files, by their path below the workspace folder. */
  readonly files?: Record<string, string>;
  readonly settings?: Record<string, unknown>;
  readonly options?: ClientOptions;
  readonly capabilities?: InitializeParams['capabilities'];
}

export const uriOf = (name: string) => `${folder}/${name}`;

export class Client {
  readonly connection: ProtocolConnection;
  readonly files: Map<string, string>;
  readonly published: PublishDiagnosticsParams[] = [];
  settings: Record<string, unknown>;
  server!: InitializeResult;
  readonly #versions = new Map<string, number>();
  readonly #texts = new Map<string, string>();
  readonly #waiting = new Set<() => void>();

  private constructor({ files = {}, settings = {} }: ClientSetup) {
    this.files = new Map(Object.entries(files));
    this.settings = settings;
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    new LanguageServer(server, this.#host()).listen();
    this.connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      for (const wake of this.#waiting) wake();
    });
    this.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.listen();
  }

  #host(): Host {
    const local: Reader = {
      read: (uri) => {
        const isShipped = uri.startsWith('file:///media/');
        const text = isShipped
          ? readFileSync(uri.slice(8), 'utf8')
          : this.files.get(decodeURIComponent(uri).slice(folder.length + 1));
        return Promise.resolve(text === undefined ? undefined : { text });
      },
      list: (uri, recursive) => {
        const inside = [...this.files.keys()].sort().map(uriOf);
        const isThere = (file: string) =>
          file.startsWith(`${uri}/`) && (recursive || !file.slice(uri.length + 1).includes('/'));
        return Promise.resolve(inside.filter(isThere));
      },
    };
    const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
    return { local, presets, media: 'file:///media', pause };
  }

  /** A client that is connected and has been greeted. */
  static async start(setup: ClientSetup = {}): Promise<Client> {
    const client = new Client(setup);
    client.server = await client.connection.sendRequest('initialize', {
      processId: null,
      rootUri: folder,
      workspaceFolders: [{ uri: folder, name: 'work' }],
      capabilities: {
        workspace: { configuration: true },
        textDocument: { publishDiagnostics: {} },
        ...setup.capabilities,
      },
      initializationOptions: setup.options,
    });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  stop(): void {
    this.connection.dispose();
  }

  async open(name: string, text: string): Promise<void> {
    this.#versions.set(name, 1);
    this.#texts.set(name, text);
    const textDocument = { uri: uriOf(name), languageId: 'yaml', version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Replaces a range of a line; without one the whole text. */
  async edit(name: string, text: string, at?: { line: number; from: number; to: number }): Promise<void> {
    const version = (this.#versions.get(name) ?? 1) + 1;
    this.#versions.set(name, version);
    const before = this.#texts.get(name) ?? '';
    this.#texts.set(name, at ? replaced(before, text, at) : text);
    const range = at && { start: { line: at.line, character: at.from }, end: { line: at.line, character: at.to } };
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(name), version },
      contentChanges: [range ? { range, text } : { text }],
    });
  }

  async close(name: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(name) } });
  }

  /** The text as the editor has it. */
  text(name: string): string {
    return this.#texts.get(name) ?? '';
  }

  /** What was published of the document's present version; waits for it. */
  async diagnostics(name: string): Promise<Diagnostic[]> {
    for (;;) {
      const found = this.published.findLast(({ uri }) => uri === uriOf(name));
      if (found && found.version === this.#versions.get(name)) return found.diagnostics;
      await this.nextPublication();
    }
  }

  nextPublication(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
    });
  }
}

/** As the protocol says it: what lies behind the end of a line or of the text is its end. */
function replaced(text: string, by: string, { line, from, to }: { line: number; from: number; to: number }): string {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((found) => found.index + found[0].length)];
  const start = starts[line];
  if (start === undefined) return text + by;
  const length = /^[^\r\n]*/.exec(text.slice(start))![0].length;
  return text.slice(0, start + Math.min(from, length)) + by + text.slice(start + Math.min(to, length));
}

/** `line:from-to severity id`, counted from 0 as in the protocol. */
export const shown = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ range: { start, end }, severity, code }) => {
    const to = end.line === start.line ? end.character : `${end.line}:${end.character}`;
    return `${start.line}:${start.character}-${to} ${['', 'error', 'warning', 'information', 'hint'][severity ?? 0]} ${code}`;
  });
