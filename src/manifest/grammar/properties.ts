// Reads what stands around the content of nodes: anchors and aliases, tags, and the directives before a document.
import { code, isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, isNameCharacter, isTagCharacter } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { newToken, type Token } from './token.ts';

/** `&name` or `*name`. */
export function scanName(cursor: Cursor, type: 'alias' | 'anchor'): Token {
  const { at, line } = cursor;
  cursor.at++;
  const name = takeWhile(cursor, isNameCharacter);
  if (name === '' || !(isBlankOrEnd(cursor.unit()) || '?:,]}%@`'.includes(cursor.text[cursor.at]!))) {
    cursor.refuse('did not find expected alphabetic or numeric character', at);
  }
  return newToken(type, at, cursor.at, line, name);
}

/** `!local`, `!!core`, `!handle!suffix`, `!<verbatim>` (without a handle) or `!` (likewise). */
export function scanTag(cursor: Cursor): Token {
  const { at, line } = cursor;
  const verbatim = cursor.unit(1) === code.less;
  if (verbatim) {
    cursor.at += 2;
    const uri = scanTagUri(cursor, at, '');
    if (cursor.unit() !== code.greater) cursor.refuse("did not find the expected '>'", at);
    cursor.at++;
    return endTag(cursor, newToken('tag', at, cursor.at, line, '', uri));
  }
  const handle = scanTagHandle(cursor);
  const closed = handle.length > 1 && handle.endsWith('!');
  const suffix = scanTagUri(cursor, at, closed ? '' : handle);
  if (closed) return endTag(cursor, newToken('tag', at, cursor.at, line, handle, suffix));
  const token =
    suffix === '' ? newToken('tag', at, cursor.at, line, '', '!') : newToken('tag', at, cursor.at, line, '!', suffix);
  return endTag(cursor, token);
}

function endTag(cursor: Cursor, token: Token): Token {
  if (!isBlankOrEnd(cursor.unit())) cursor.refuse('did not find expected whitespace or line break', token.start);
  return token;
}

/** `!`, `!!`, `!name!`, or `!name`, which is no handle but the beginning of a local tag. */
function scanTagHandle(cursor: Cursor): string {
  const { at } = cursor;
  cursor.at++;
  takeWhile(cursor, isNameCharacter);
  if (cursor.unit() === code.exclamation) cursor.at++;
  return cursor.text.slice(at, cursor.at);
}

/** @param head what was read as a handle and is not one */
function scanTagUri(cursor: Cursor, start: number, head: string): string {
  const uri = takeWhile(cursor, isTagCharacter);
  if (/%(?![0-9a-fA-F]{2})/.test(uri)) cursor.refuse('did not find URI escaped octet', start);
  if (head === '' && uri === '') cursor.refuse('did not find expected tag URI', start);
  return head.slice(1) + uri;
}

/** `%YAML 1.1` or `%TAG !handle! prefix`, with the line break behind it. */
export function scanDirective(cursor: Cursor): Token {
  const { at, line } = cursor;
  cursor.at++;
  const name = takeWhile(cursor, isNameCharacter);
  if (name === '') cursor.refuse('could not find expected directive name', at);
  if (!isBlankOrEnd(cursor.unit())) cursor.refuse('found unexpected non-alphabetical character', at);
  if (name !== 'YAML' && name !== 'TAG') cursor.refuse('found unknown directive name', at);
  takeWhile(cursor, isBlank);
  const version = name === 'YAML' ? scanVersion(cursor, at) : '';
  const text = name === 'TAG' ? scanTagDirective(cursor, at) : name;
  takeWhile(cursor, isBlank);
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.unit())) cursor.refuse('did not find expected comment or line break', at);
  const token = newToken('directive', at, cursor.at, line, text, version);
  cursor.breakLine();
  return token;
}

function scanVersion(cursor: Cursor, start: number): string {
  const major = scanVersionNumber(cursor, start);
  if (cursor.unit() !== code.dot) cursor.refuse("did not find expected digit or '.' character", start);
  cursor.at++;
  return `${major}.${scanVersionNumber(cursor, start)}`;
}

function scanVersionNumber(cursor: Cursor, start: number): number {
  const digits = takeWhile(cursor, isDigit);
  if (digits.length > 2) cursor.refuse('found extremely long version number', start);
  if (digits === '') cursor.refuse('did not find expected version number', start);
  return Number(digits);
}

function scanTagDirective(cursor: Cursor, start: number): string {
  if (cursor.unit() !== code.exclamation) cursor.refuse("did not find expected '!'", start);
  const handle = scanTagHandle(cursor);
  if (!handle.endsWith('!')) cursor.refuse("did not find expected '!'", start);
  if (!isBlank(cursor.unit())) cursor.refuse('did not find expected whitespace', start);
  takeWhile(cursor, isBlank);
  scanTagUri(cursor, start, '');
  if (!isBlankOrEnd(cursor.unit())) cursor.refuse('did not find expected whitespace or line break', start);
  return handle;
}

function takeWhile(cursor: Cursor, belongs: (unit: number) => boolean): string {
  const { at } = cursor;
  while (belongs(cursor.unit())) cursor.at++;
  return cursor.text.slice(at, cursor.at);
}
