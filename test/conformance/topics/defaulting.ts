// Answers the cases of api/defaulting: what becomes of an object that the server accepts.
export { answerCreate as answer } from './api-case.ts';
