/** A word as /bin/sh needs it: in quotes if it has special characters. */
export function shellWord(word: string): string {
  const isPlain = /^[\w@%+=:,./-][\w@%+=:,./#-]*$/.test(word)
  return isPlain ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** A command line of words. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ')
}
