// Text broken into lines as github.com/mitchellh/go-wordwrap does it: at spaces, a line's own breaks kept, words that are too long left whole.

/** Spaces at which a line breaks are dropped; a no-break space is part of its word. */
export function wordWrap(text: string, limit: number): string {
  let [wrapped, spaces, word] = ['', '', ''];
  let column = 0;
  const flush = () => {
    column += spaces.length + word.length;
    wrapped += spaces + word;
    [spaces, word] = ['', ''];
  };
  for (const character of text) {
    if (character === '\n') {
      if (word === '' && column + spaces.length > limit) spaces = '';
      flush();
      wrapped += character;
      column = 0;
    } else if (/[^\S\u00a0]/.test(character)) {
      if (spaces === '' || word !== '') flush();
      spaces += character;
    } else {
      word += character;
      if (column + spaces.length + word.length > limit && word.length < limit) {
        wrapped += '\n';
        column = 0;
        spaces = '';
      }
    }
  }
  if (word === '' && column + spaces.length > limit) return wrapped;
  return wrapped + spaces + word;
}
