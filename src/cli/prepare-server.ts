// Starts the language server inside of the build and asks it what an editor asks first, then keeps the code that this has compiled.
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { PassThrough } from 'node:stream';
import { codeFile, loadCompiled } from './load-compiled.ts';

const name = 'server';
const [input, output] = [new PassThrough(), new PassThrough()];
const uri = 'file:///samples/pod.yaml';
const text = readFileSync('media/samples/deployment-service.yaml', 'utf8');
const publishDiagnostics = {};
const position = { line: 1, character: 1 };

/** In this order; what has an id is answered. */
const messages = [
  ['initialize', { processId: null, rootUri: null, capabilities: { textDocument: { publishDiagnostics } } }, 1],
  ['initialized', {}],
  ['textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } }],
  ['textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: `${text}\n` }] }],
  ['textDocument/hover', { textDocument: { uri }, position }, 2],
  ['textDocument/codeLens', { textDocument: { uri } }, 3],
] as const;

for (const [stream, mine] of [
  ['stdin', input],
  ['stdout', output],
] as const) {
  Object.defineProperty(process, stream, { value: mine });
}
process.argv.push('--stdio');
const { compiledCode } = loadCompiled(name);

let said = '';
output.on('data', (data: Buffer) => {
  said += data.toString();
  if (!said.includes('"id":3')) return;
  writeFileSync(codeFile(name), compiledCode());
  process.exit();
});
for (const [method, params, id] of messages) {
  const content = JSON.stringify({ jsonrpc: '2.0', method, params, ...(id !== undefined && { id }) });
  input.write(`Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`);
}
