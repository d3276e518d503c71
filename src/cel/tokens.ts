// What must not be taken for code where an expression is rewritten before the library reads it.

/** A pattern of string and bytes literals, and of comments. */
export const literals = [
  /[rR]?[bB]?(?:"""[^]*?"""|'''[^]*?''')/,
  /[rR][bB]?(?:"[^"\n]*"|'[^'\n]*')/,
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/,
  /\/\/[^\n]*/,
]
  .map(({ source }) => source)
  .join('|');
