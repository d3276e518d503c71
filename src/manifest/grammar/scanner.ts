// From characters to tokens, with the grammar of libyaml (YAML 1.1), because kubectl reads with it: what it accepts, what it refuses, and in which
// line it notices, hangs on how far its scanner looks ahead for the colon of a key. Written anew from that behaviour.
import { code, isBlank, isBlankOrEnd, isBreak, isFlowIndicator } from './characters.ts';
import { Cursor } from './cursor.ts';
import { scanDirective, scanName, scanTag } from './properties.ts';
import { scanBlock, scanPlain, scanQuoted } from './scalars.ts';
import { newToken, type Token, type TokenType } from './token.ts';
import type { ScalarStyle } from '../yaml-node.ts';

/** Where a key may have begun whose colon has not been seen yet: one for the block context and one for every open bracket. */
interface SimpleKey {
  possible: boolean;
  /** Nothing else can stand here, so that a missing colon is an error. */
  required: boolean;
  /** Whether the scanner holds back the token for it. libyaml loses track when an empty collection closes, and we with it. */
  awaited: boolean;
  tokenNumber: number;
  at: number;
  line: number;
  column: number;
}

const longestKey = 1024;
/** libyaml's own limits; we stop at `maximumDepth` before, but only where the parser gets to see it. */
const deepest = 10_000;

export class Scanner {
  readonly #cursor: Cursor;
  #tokens: Token[] = [];
  #head = 0;
  /** How many tokens were taken: the number of the one at the head. */
  #taken = 0;
  #ready = false;
  #indent = -1;
  readonly #indents: number[] = [];
  #keyAllowed = true;
  readonly #keys: SimpleKey[] = [newKey(0)];

  constructor(document: string) {
    this.#cursor = new Cursor(document);
  }

  /** The next token, which stays. */
  peek(): Token {
    if (!this.#ready) this.#fetchMore();
    return this.#tokens[this.#head]!;
  }

  /** Takes the next token. */
  take(): Token {
    const token = this.peek();
    this.#ready = false;
    this.#taken++;
    this.#head++;
    return token;
  }

  /** A token is ready once nothing behind it can still make it part of a key. */
  #fetchMore(): void {
    if (this.#head === this.#tokens.length) {
      this.#tokens = [];
      this.#head = 0;
    }
    while (this.#head === this.#tokens.length || this.#headMayBeKey()) this.#fetch();
    this.#ready = true;
  }

  #headMayBeKey(): boolean {
    for (let level = this.#keys.length - 1; level >= 0; level--) {
      const key = this.#keys[level]!;
      if (key.awaited && key.tokenNumber === this.#taken) return this.#isStillPossible(key);
    }
    return false;
  }

  #isStillPossible(key: SimpleKey): boolean {
    if (!key.possible) return false;
    const { line, at } = this.#cursor;
    if (key.line === line && key.at + longestKey >= at) return true;
    if (key.required) this.#cursor.refuse("could not find expected ':'", key.at);
    key.possible = false;
    return false;
  }

  #fetch(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#unroll(cursor.column);
    const unit = cursor.unit();
    if (unit === code.end) return this.#fetchStreamEnd();
    if (cursor.at === cursor.lineStart) {
      if (unit === code.percent) return this.#fetchDirective();
      if (cursor.atDocumentIndicator()) return this.#fetchDocumentIndicator(unit);
    }
    if (isFlowIndicator(unit)) return this.#fetchFlowIndicator(unit);
    const endsHere = isBlankOrEnd(cursor.unit(1));
    if (unit === code.minus && endsHere) return this.#fetchBlockEntry();
    if (unit === code.question && (this.#inFlow || endsHere)) return this.#fetchKey();
    if (unit === code.colon && (this.#inFlow || endsHere)) return this.#fetchValue();
    this.#fetchContent(unit);
  }

  #fetchContent(unit: number): void {
    switch (unit) {
      case code.asterisk:
        return this.#fetchName('alias');
      case code.ampersand:
        return this.#fetchName('anchor');
      case code.exclamation:
        return this.#fetchTag();
      case code.singleQuote:
      case code.doubleQuote:
        return this.#fetchQuoted(unit === code.singleQuote ? 'single' : 'double');
      case code.bar:
      case code.greater:
        if (!this.#inFlow) return this.#fetchBlockScalar(unit === code.bar ? 'literal' : 'folded');
    }
    if (this.#startsPlain(unit)) return this.#fetchPlain();
    this.#cursor.refuse('found character that cannot start any token');
  }

  #startsPlain(unit: number): boolean {
    switch (unit) {
      case code.minus:
        return !isBlank(this.#cursor.unit(1));
      case code.question:
      case code.colon:
        return !this.#inFlow && !isBlankOrEnd(this.#cursor.unit(1));
      case code.tab:
      case code.hash:
      case code.bar:
      case code.greater:
      case code.percent:
      case code.at:
      case code.backtick:
        return false;
      default:
        return true;
    }
  }

  /** Tabs are white space only where no key can begin. */
  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      const tabsToo = this.#inFlow || !this.#keyAllowed;
      for (let unit = cursor.unit(); unit === code.space || (tabsToo && unit === code.tab); unit = cursor.unit())
        cursor.at++;
      cursor.skipComment();
      if (!isBreak(cursor.unit())) return;
      cursor.breakLine();
      if (!this.#inFlow) this.#keyAllowed = true;
    }
  }

  get #inFlow(): boolean {
    return this.#keys.length > 1;
  }

  get #key(): SimpleKey {
    return this.#keys[this.#keys.length - 1]!;
  }

  get #nextNumber(): number {
    return this.#taken + this.#tokens.length - this.#head;
  }

  #saveKey(): void {
    const cursor = this.#cursor;
    if (!this.#keyAllowed) return;
    this.#removeKey();
    const key = this.#key;
    key.possible = key.awaited = true;
    key.required = !this.#inFlow && this.#indent === cursor.column;
    key.tokenNumber = this.#nextNumber;
    key.at = cursor.at;
    key.line = cursor.line;
    key.column = cursor.column;
  }

  #removeKey(): void {
    const key = this.#key;
    if (!key.possible) return;
    if (key.required) this.#cursor.refuse("could not find expected ':'", key.at);
    key.possible = key.awaited = false;
  }

  /** Opens a block collection at a column that is further in; `number` says before which token, -1 for behind the last. */
  #roll(column: number, number: number, type: TokenType, at: number, line: number): void {
    if (this.#inFlow || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > deepest) this.#cursor.refuse(`exceeded max depth of ${deepest}`);
    this.#insert(number < 0 ? -1 : number - this.#taken, newToken(type, at, at, line));
  }

  /** Closes the block collections that are further in than a column. */
  #unroll(column: number): void {
    if (this.#inFlow) return;
    const { at, line } = this.#cursor;
    while (this.#indent > column) {
      this.#tokens.push(newToken('block-end', at, at, line));
      this.#indent = this.#indents.pop()!;
    }
  }

  #insert(position: number, token: Token): void {
    if (position < 0) this.#tokens.push(token);
    else this.#tokens.splice(this.#head + position, 0, token);
  }

  /** Emits a token of so many characters. */
  #emit(type: TokenType, width: number): void {
    const { at, line } = this.#cursor;
    this.#cursor.at += width;
    this.#tokens.push(newToken(type, at, at + width, line));
  }

  #fetchStreamEnd(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.#emit('stream-end', 0);
  }

  #fetchDocumentIndicator(unit: number): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.#emit(unit === code.minus ? 'document-start' : 'document-end', 3);
  }

  #fetchDirective(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.#tokens.push(scanDirective(this.#cursor));
  }

  #fetchFlowIndicator(unit: number): void {
    switch (unit) {
      case code.openBracket:
      case code.openBrace:
        return this.#fetchOpening(unit === code.openBracket ? 'sequence-open' : 'mapping-open');
      case code.comma:
        this.#removeKey();
        this.#keyAllowed = true;
        return this.#emit('flow-entry', 1);
      default:
        return this.#fetchClosing(unit === code.closeBracket ? 'sequence-close' : 'mapping-close');
    }
  }

  #fetchOpening(type: TokenType): void {
    this.#saveKey();
    this.#keys.push(newKey(this.#nextNumber));
    if (this.#keys.length > deepest + 1) this.#cursor.refuse(`exceeded max depth of ${deepest}`);
    this.#keyAllowed = true;
    this.#emit(type, 1);
  }

  #fetchClosing(type: TokenType): void {
    this.#removeKey();
    if (this.#inFlow) {
      const inner = this.#keys.pop()!;
      if (this.#key.tokenNumber === inner.tokenNumber) this.#key.awaited = false;
    }
    this.#keyAllowed = false;
    this.#emit(type, 1);
  }

  #fetchBlockEntry(): void {
    const cursor = this.#cursor;
    if (!this.#inFlow) {
      if (!this.#keyAllowed) cursor.refuse('block sequence entries are not allowed in this context');
      this.#roll(cursor.column, -1, 'block-sequence-start', cursor.at, cursor.line);
    }
    this.#removeKey();
    this.#keyAllowed = true;
    this.#emit('block-entry', 1);
  }

  #fetchKey(): void {
    const cursor = this.#cursor;
    if (!this.#inFlow) {
      if (!this.#keyAllowed) cursor.refuse('mapping keys are not allowed in this context');
      this.#roll(cursor.column, -1, 'block-mapping-start', cursor.at, cursor.line);
    }
    this.#removeKey();
    this.#keyAllowed = !this.#inFlow;
    this.#emit('key', 1);
  }

  /** A colon: what came before it turns out to be a key, or the key is absent. */
  #fetchValue(): void {
    const cursor = this.#cursor;
    const key = this.#key;
    if (this.#isStillPossible(key)) {
      this.#insert(key.tokenNumber - this.#taken, newToken('key', key.at, key.at, key.line));
      this.#roll(key.column, key.tokenNumber, 'block-mapping-start', key.at, key.line);
      key.possible = key.awaited = false;
      this.#keyAllowed = false;
    } else {
      if (!this.#inFlow) {
        if (!this.#keyAllowed) cursor.refuse('mapping values are not allowed in this context');
        this.#roll(cursor.column, -1, 'block-mapping-start', cursor.at, cursor.line);
      }
      this.#keyAllowed = !this.#inFlow;
    }
    this.#emit('value', 1);
  }

  #fetchName(type: 'alias' | 'anchor'): void {
    this.#saveKey();
    this.#keyAllowed = false;
    this.#tokens.push(scanName(this.#cursor, type));
  }

  #fetchTag(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    this.#tokens.push(scanTag(this.#cursor));
  }

  #fetchQuoted(style: ScalarStyle): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const { at, line } = this.#cursor;
    const { text, end } = scanQuoted(this.#cursor);
    this.#tokens.push(newToken('scalar', at, end, line, text, '', style));
  }

  #fetchPlain(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const { at, line } = this.#cursor;
    const { text, end, crossedLine } = scanPlain(this.#cursor, this.#inFlow, this.#indent + 1);
    this.#tokens.push(newToken('scalar', at, end, line, text));
    if (crossedLine) this.#keyAllowed = true;
  }

  #fetchBlockScalar(style: ScalarStyle): void {
    this.#removeKey();
    this.#keyAllowed = true;
    const { at, line } = this.#cursor;
    const { text, end } = scanBlock(this.#cursor, this.#indent);
    this.#tokens.push(newToken('scalar', at, end, line, text, '', style));
  }
}

const newKey = (tokenNumber: number): SimpleKey => ({
  possible: false,
  required: false,
  awaited: false,
  tokenNumber,
  at: 0,
  line: 0,
  column: 0,
});
