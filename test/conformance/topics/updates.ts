// Answers the cases of api/updates: what the server says of an object that is applied over an older one.
export { answerUpdate as answer } from './api-case.ts';
