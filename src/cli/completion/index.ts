import type { CommandEntry } from '../command.ts'
import type { Io } from '../io.ts'
import { quoteForBash, readLine } from './line.ts'
import { suggest, type Suggestion, type Suggestions } from './suggest.ts'

/** What bash calls a completion that only lists the candidates: after a second tab. */
const LISTING = '63'

/** A line of a list in bash: without control characters, and nothing to be quoted. */
function listedLine(text: string): string {
  return text.replaceAll(/[\p{C}\u2028\u2029]/gu, ' ')
}

/** `files` if the shell is to complete files; else `words`, and a line for each. */
function reply(found: Suggestions, write: (one: Suggestion) => string | null): string {
  if (found === 'files') return 'files\n'
  const lines = found.map(write)
  return `${['words', ...lines.filter((line) => line !== null)].join('\n')}\n`
}

/**
 * Answers a shell that completes a command line; called by the scripts of `funnel completion`. bash
 * hands over its line up to the cursor, and whether it only lists, and gets words quoted for the place where they will stand;
 * zsh and fish hand over words, the last of them unfinished, and quote the answer themselves.
 * @param args the shell, then what it hands over.
 * @returns the answer; empty if anything at all goes wrong.
 */
export async function complete(
  [shell = '', ...given]: string[],
  io: Io,
  entries: readonly CommandEntry[],
): Promise<string> {
  try {
    if (shell === 'bash') {
      const { words, current, quote, kept } = readLine(given[0] ?? '')
      const found = await suggest(words.slice(1), current, io, entries)
      const isList = given[1] === LISTING && Array.isArray(found) && found.length > 1
      return reply(found, ({ value, listed }) =>
        isList && listed !== undefined
          ? listedLine(listed)
          : quoteForBash(value.slice(kept), quote),
      )
    }
    const last = given.at(-1) ?? ''
    // fish hands over the last word as it is written.
    const current = shell === 'fish' ? readLine(last).current : last
    const found = await suggest(given.slice(0, -1), current, io, entries)
    return reply(found, ({ value, help = '' }) =>
      help === '' ? value : `${value}\t${listedLine(help)}`,
    )
  } catch {
    return ''
  }
}
