// A place in the text, its line and its column, and the few ways to move on.
import { code, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd } from './characters.ts';
import { Refusal } from './refusal.ts';

export class Cursor {
  /** The document with a line feed behind its last line, as kubectl's line reader leaves it, and a NUL. */
  readonly text: string;
  at = 0;
  /** Counted from 0. */
  line = 0;
  lineStart = 0;

  constructor(document: string) {
    this.text = document.endsWith('\n') ? `${document}\0` : `${document}\n\0`;
    if (this.unit() === code.byteOrderMark) this.lineStart = this.at = 1;
  }

  unit(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  get column(): number {
    return this.at - this.lineStart;
  }

  /** Goes over one line break, if there is one, and says what a scalar keeps of it. */
  breakLine(): string {
    const unit = this.unit();
    if (!isBreak(unit)) return '';
    // kubectl takes the end off every line, so that CR CR LF comes to libyaml as one break.
    if (unit === code.carriageReturn && this.unit(1) === unit && this.unit(2) === code.lineFeed) this.at++;
    this.at += unit === code.carriageReturn && this.unit(1) === code.lineFeed ? 2 : 1;
    this.line++;
    this.lineStart = this.at;
    return unit === code.lineSeparator || unit === code.paragraphSeparator ? String.fromCharCode(unit) : '\n';
  }

  skipComment(): void {
    if (this.unit() === code.hash) this.skipLine();
  }

  /** Goes to the end of the line, before its break. */
  skipLine(): void {
    const { text } = this;
    let { at } = this;
    while (!isBreakOrEnd(text.charCodeAt(at))) at++;
    this.at = at;
  }

  skipBlanks(): void {
    while (isBlank(this.unit())) this.at++;
  }

  /** Whether `---` or `...` stands here, at the start of a line. */
  atDocumentIndicator(): boolean {
    if (this.at !== this.lineStart) return false;
    const unit = this.unit();
    return (
      (unit === code.minus || unit === code.dot) &&
      this.unit(1) === unit &&
      this.unit(2) === unit &&
      isBlankOrEnd(this.unit(3))
    );
  }

  /** @param lookAt where the reason is, if it isn't here */
  refuse(problem: string, lookAt = this.at): never {
    throw new Refusal(problem, this.line > 0 ? this.line + 1 : 0, lookAt);
  }
}
