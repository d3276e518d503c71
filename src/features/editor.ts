// What only an editor asks for. Brings the `yaml` library along, which a terminal does without.
export { applyOf } from './check.ts';
export { saySame } from './document-changes.ts';
export { completionsAt, type Completion } from './completion/complete.ts';
export type { KnownRequest } from './completion/known.ts';
export { documentationOf, fieldDoc, type FieldDoc, type FieldDocs } from '../api/field-docs.ts';
export { findingsAbout } from './field-at.ts';
export { fixAll } from './fixes/fix-all.ts';
export type { FileEdits, Fix } from './fixes/fix.ts';
export { fixesFor } from './fixes/fixes-for.ts';
export { hoverAt, type HoverVerdict } from './hover.ts';
export { LiveApply, type LiveRequest, type Told } from './live-apply.ts';
export { rangeIn } from './locate.ts';
export * from './panel/index.ts';
export { DeclarationIndex, updateSource } from './sources.ts';
export { verdictsIn } from './verdicts.ts';
export { parseTolerant } from '../manifest/tolerant.ts';
