// The language server as an editor meets it: a process of its own, spoken to over its pipes.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';

export class EditorClient {
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #text = new Map<string, string[]>();
  #version = 1;
  #onPublish: (params: PublishDiagnosticsParams) => void = () => undefined;

  constructor() {
    this.#process = spawn(process.execPath, ['dist/server.js', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdin, stdout } = this.#process;
    this.#connection = createProtocolConnection(new StreamMessageReader(stdout!), new StreamMessageWriter(stdin!));
    this.#connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
      this.#onPublish(params),
    );
    this.#connection.listen();
  }

  async start(): Promise<void> {
    const capabilities = { textDocument: { publishDiagnostics: {} } };
    await this.#connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities });
    await this.#connection.sendNotification('initialized', {});
  }

  stop(): void {
    this.#connection.dispose();
    this.#process.kill();
  }

  /** Opens a document; resolves with its first diagnostics. */
  async open(uri: string, text: string): Promise<void> {
    this.#text.set(uri, text.split('\n'));
    const published = this.#published(uri, 1);
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    void this.#connection.sendNotification('textDocument/didOpen', { textDocument });
    await published;
  }

  /** Types a digit at the end of a line; resolves with the first diagnostics of the new text. */
  async type(uri: string, line: number, digit: number): Promise<void> {
    const lines = this.#text.get(uri) ?? [];
    const character = lines[line]?.length ?? 0;
    lines[line] += String(digit);
    const version = ++this.#version;
    const published = this.#published(uri, version);
    const position = { line, character };
    void this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: position, end: position }, text: String(digit) }],
    });
    await published;
  }

  request(method: string, uri: string, line: number, character: number): Promise<unknown> {
    return this.#connection.sendRequest(method, { textDocument: { uri }, position: { line, character } });
  }

  /** Resident memory in MB; NaN where the system does not tell it. */
  get memory(): number {
    try {
      const status = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
      return Number(/VmRSS:\s*(\d+)/.exec(status)?.[1]) / 1024;
    } catch {
      return NaN;
    }
  }

  #published(uri: string, version: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onPublish = (params) => {
        if (params.uri === uri && params.version === version) resolve();
      };
    });
  }
}
