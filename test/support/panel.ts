// Runs as the panel gets them: one file, `app.yaml`, on a preset or on a cluster that is written in `cluster.yaml`.
import { parseSource } from '../../src/features/index.ts';
import { PanelRun, type PanelRequest } from '../../src/features/panel/index.ts';
import type { WhatIf } from '../../src/protocol/panel.ts';
import { clusterFrom } from './apply.ts';

export interface PanelOptions {
  readonly cluster?: string;
  readonly assumed?: boolean;
  readonly whatIf?: WhatIf;
}

export function panelRequest(text: string, { cluster = 'tutorial', assumed, whatIf }: PanelOptions = {}): PanelRequest {
  const isWritten = cluster.includes('\n');
  return {
    title: 'app.yaml',
    apply: {
      files: [parseSource({ name: 'app.yaml', text })],
      cluster: clusterFrom(cluster, assumed),
      preset: !isWritten,
    },
    clusterFiles: isWritten ? [parseSource({ name: 'cluster.yaml', text: cluster })] : [],
    uriOf: (name) => `file:///work/${name}`,
    ...(whatIf && { whatIf }),
  };
}

export const panelRun = (text: string, options: PanelOptions = {}): PanelRun =>
  new PanelRun(panelRequest(text, options), 1);

/** A Pod of one container. */
export const podText = (spec = '', container = ''): string => `apiVersion: v1
kind: Pod
metadata:
  name: myapp
spec:
${spec}  containers:
  - name: app
    image: nginx
${container}`;

/** The text that a place points at. */
export function textAt(
  text: string,
  range: { start: { line: number; character: number }; end: { character: number } },
) {
  return (text.split('\n')[range.start.line] ?? '').slice(range.start.character, range.end.character);
}
