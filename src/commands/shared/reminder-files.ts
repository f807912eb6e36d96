import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import { reminderPaper } from '../../documents/gather/reminder.ts'
import type { Leaving } from '../../documents/keep.ts'
import { documentMaker, type DocumentMaker } from '../../documents/maker.ts'
import type { Paper } from '../../documents/paper.ts'
import { penFor } from '../../documents/write/pen.ts'
import { reminderMail } from '../../documents/write/reminder.ts'
import type { ReminderFormat } from '../../domain/documents.ts'
import { safeFileName } from '../../domain/file-name.ts'
import type { LetterText } from '../../money/letters/letter.ts'
import type { LetterOfReminders } from '../../money/reminders/letters.ts'
import { notesOf } from './made-files.ts'
import { letterPage, localLetter } from './mail/letters.ts'

/** A letter with reminders, in the words of its client's language. */
export interface WordedReminder extends LetterOfReminders, LetterText {
  /** The address of the mail; null if there is none. */
  to: string | null
  paper: Paper
}

/** A letter in words. */
export async function worded(
  context: Context,
  db: Db,
  letter: LetterOfReminders & { to: string | null },
): Promise<WordedReminder> {
  const { settings } = await context.book()
  const paper = await reminderPaper(db, letter, settings, await context.today())
  const { subject, body } = reminderMail(paper, penFor(paper.language, paper.currency), settings)
  return { ...letter, ...(await localLetter(context, { subject, text: `${body}\n` })), paper }
}

/**
 * The name of the file of a letter, in a folder of many: `reminder-1-2026-0001.txt`; of an instalment with its day, as
 * each has a letter of its own.
 */
function fileName({ level, reminders }: LetterOfReminders, ending: string): string {
  const [first] = reminders
  const day = first.isInstalment ? ` ${first.dueOn}` : ''
  return safeFileName(`reminder ${level} ${first.number}${day}`, ending)
}

/** A reminder as a file, and what is to be known of it. */
export interface ReminderFile {
  file: Leaving
  notes: readonly string[]
}

/** Makes files of reminders, loading once what they are made with. */
export async function reminderFiles(
  context: Context,
  db: Db,
  format: ReminderFormat,
): Promise<(letter: WordedReminder) => Promise<ReminderFile>> {
  const { settings } = await context.book()
  let loaded: DocumentMaker | undefined
  return async (letter) => {
    const { clientId, level, reminders } = letter
    const [only, second] = reminders
    const invoiceId = second === undefined ? only.invoiceId : undefined
    const about = { clientId, kind: 'reminder', level, invoiceId } as const
    if (format === 'text') {
      const bytes = Buffer.from(letterPage(letter, letter.to))
      const file = { ...about, name: fileName(letter, 'txt'), format: 'txt', bytes } as const
      return { file, notes: [] }
    }
    loaded ??= await documentMaker(db, settings)
    const { bytes, ...made } = await loaded(letter.paper, { format: 'pdf' })
    const file = { ...about, name: fileName(letter, 'pdf'), format: 'pdf', bytes } as const
    return { file, notes: notesOf(file.name, made) }
  }
}
