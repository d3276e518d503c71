// Answers the cases of api/validation-*: what the server refuses because of what an object says.
export { answerCreate as answer } from './api-case.ts';
