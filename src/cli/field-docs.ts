// What Kubernetes documents of its fields: a file of its own, read when `kubectl explain` asks.
import { readFileSync } from 'node:fs';
import type { FieldDocs } from '../features/index.ts';
import { ownFile } from './own-file.ts';

export function fieldDocs(): FieldDocs {
  const file = ownFile('../media/field-docs.json', '../../media/field-docs.json');
  return JSON.parse(readFileSync(file, 'utf8')) as FieldDocs;
}
