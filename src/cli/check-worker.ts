// A thread that checks its share of many files: tells what they declare, hears what all declare, and prints what it finds.
import { parentPort, workerData } from 'node:worker_threads';
import { declarationsOf, Surroundings, type Declarations } from '../features/index.ts';
import { checkFiles, manifestOf, settingsOf } from './check-files.ts';
import { CheckOutput } from './check-output.ts';
import type { Report, Share } from './check-parallel.ts';

/** Characters that are collected before they are sent: a message for every line would cost more than the line. */
const enough = 16_384;

export function work(): void {
  const { request, names, first, terminal, colours } = workerData as Share;
  const tell = (report: Report) => parentPort?.postMessage(report);
  const printed = { out: '', error: '' };
  const send = (stream: 'out' | 'error') => {
    if (printed[stream]) tell({ type: 'printed', stream, text: printed[stream] });
    printed[stream] = '';
  };
  const print = (stream: 'out' | 'error') => (text: string) => {
    printed[stream] += text;
    if (printed[stream].length > enough) send(stream);
  };
  const output = new CheckOutput(request, { out: print('out'), error: print('error'), terminal, colours });
  const settings = settingsOf(request, first === undefined ? [] : [first]);
  const declarations = names.flatMap((name) => {
    const file = name === '-' ? undefined : output.silently(() => manifestOf(name));
    return (file && declarationsOf(file, request.only)) ?? [];
  });
  tell({ type: 'declared', declarations });
  parentPort?.once('message', (all: readonly Declarations[]) => {
    const surroundings = new Surroundings();
    for (const declared of all) surroundings.add(declared);
    checkFiles(names, surroundings, settings, output);
    send('out');
    send('error');
    tell({ type: 'done', result: output.result });
  });
}
