import { defineCommand, flag, option } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { setDocumentText, setReminderText } from '../../records/settings.ts'
import { findText, parseText, placedText, textKey } from '../../documents/write/own-texts.ts'
import { TEXT_WORDS } from '../../documents/write/texts.ts'
import { readTextFile } from '../shared/read-file.ts'
import { languageOption, readKind } from './fields.ts'

const WORDS = Object.entries(TEXT_WORDS)
  .map(([name, about]) => `{${name}} (${about})`)
  .join(', ')

export const text = defineCommand({
  description:
    'Prints a text of documents, or changes it, in each language on its own. A proposal has intro, closing, acceptance ' +
    'and mail; an invoice and a credit note intro, closing and mail; a letter intro and closing; reminders have ' +
    `levels: 1, 2 … Of mails and reminders the first line is the subject. Words in braces are filled in: ${WORDS}; ` +
    'those of reminders: funnel reminder text --help. A paragraph of which nothing is left is left out.',
  arguments: [
    { syntax: '<kind>', help: 'proposal, invoice, credit-note, letter or reminder' },
    { syntax: '<part>', help: 'intro, closing …; of reminders, the level' },
  ],
  options: {
    language: languageOption,
    text: option('--text <text>', 'what it is to say; "" is nothing'),
    file: option('--file <file>', 'take the text from this file'),
    reset: flag('--reset', 'go back to the text that comes with funnel'),
  },
  examples: [
    'template text proposal intro',
    'template text invoice closing --language de --text "Besten Dank!"',
    'template text reminder 2 --language ru',
    'template text invoice closing --language de --reset',
  ],
  async run(context, [typed = '', part = ''], { language, text: given, file, reset }) {
    const { settings } = await context.book()
    const levels = settings.reminders.days.length
    const kind = readKind(typed)
    const place = findText(kind, part, levels)
    const tag = language ?? settings.documentLanguage
    const wishes = [given !== undefined, file !== undefined, reset === true].filter(Boolean)
    if (wishes.length > 1) {
      throw new Fault(
        'usage',
        '--text, --file and --reset cannot be used together',
        'give one of them',
      )
    }
    const key = textKey(place, tag)
    if (wishes.length === 0) {
      const now = placedText(place, tag, levels, settings)
      const own = now !== placedText(place, tag, levels, null)
      await context.tell(now, { kind, part, language: key.split('/')[0] ?? '', text: now, own })
      return
    }
    const wanted = file === undefined ? given : readTextFile(context, file)
    const parsed = wanted === undefined ? null : parseText(place, wanted)
    await context.change({}, async () => {
      const book = await context.book()
      // Reminders in the language of the book have texts of their own: funnel reminder text.
      const isBooks = 'level' in place && key === textKey(place, settings.documentLanguage)
      if (isBooks) await setReminderText(book, place.level, parsed)
      if (!isBooks || parsed === null) await setDocumentText(book, key, parsed)
      const what = parsed === null ? 'is the usual one again' : 'is changed'
      const [spoken] = key.split('/')
      return {
        summary: `the text ${part} of ${kind} documents in ${spoken} ${what}`,
        result: { kind, part, language: spoken },
      }
    })
  },
})
