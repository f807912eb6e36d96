import type { CommandEntry } from '../command.ts'
import type { Io } from '../io.ts'
import { quoteForBash, readLine } from './line.ts'
import { suggest, type Suggestions } from './suggest.ts'

/** `files` where the shell is to complete files; else `words` and a line for each. */
function reply(found: Suggestions, write: (value: string, help: string) => string | null): string {
  if (found === 'files') return 'files\n'
  const lines = found.map(({ value, help }) => write(value, help ?? ''))
  return `${['words', ...lines.filter((line) => line !== null)].join('\n')}\n`
}

/**
 * Answers a shell that completes a command line; called by the scripts of `funnel completion`. bash
 * hands over its line up to the cursor and gets words quoted for the place where they will stand;
 * zsh and fish hand over words, the last of them unfinished, and quote the answer themselves.
 * @param args the shell, then what it hands over.
 * @returns the answer; empty where anything at all goes wrong.
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
      return reply(found, (value) => quoteForBash(value.slice(kept), quote))
    }
    const last = given.at(-1) ?? ''
    // fish hands over the last word as it is written.
    const current = shell === 'fish' ? readLine(last).current : last
    const found = await suggest(given.slice(0, -1), current, io, entries)
    return reply(found, (value, help) => (help === '' ? value : `${value}\t${help}`))
  } catch {
    return ''
  }
}
