// What only an editor asks for. Brings the `yaml` library along, which a terminal does without.
export { fixesFor, type FixOptions } from './fixes/fixes-for.ts';
export type { FileEdits, Fix } from './fixes/fix.ts';
