// What only an editor asks for. Brings the `yaml` library along, which a terminal does without.
export { judgeFile, judgeTogether } from './check.ts';
export { fixesFor, type FixOptions } from './fixes/fixes-for.ts';
export type { FileEdits, Fix } from './fixes/fix.ts';
export { updateSource } from './sources.ts';
export { parseTolerant } from '../manifest/tolerant.ts';
