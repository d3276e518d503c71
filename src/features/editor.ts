// What only an editor asks for. Brings the `yaml` library along, which a terminal does without.
export { saySame } from './document-changes.ts';
export { fixesFor, type FixOptions } from './fixes/fixes-for.ts';
export type { FileEdits, Fix } from './fixes/fix.ts';
export { LiveApply, outcomeKey, type LiveRequest, type Told } from './live-apply.ts';
export { updateSource } from './sources.ts';
export { parseTolerant } from '../manifest/tolerant.ts';
