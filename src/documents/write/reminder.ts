import { fillText } from '../../domain/invoices/reminder-texts.ts'
import type { DocumentFields } from '../fields.ts'
import type { Paper } from '../paper.ts'
import type { Pen } from './pen.ts'
import { totalOf } from './sums.ts'
import { type OwnTexts, reminderInUse } from './texts.ts'

type LateFields = DocumentFields['late'][number]

/** What a reminder says: its subject, and its text around the list of what is late. */
interface ReminderFields {
  title: string
  intro: string
  closing: string
  late: LateFields[]
}

/** Stands where the list is to be; no text of a user has it, as control characters are taken out of all of them. */
const LIST = '\u0001'

/**
 * A reminder, of its own text if it has one. The list of invoices and the account to pay to are blocks of the page, so
 * that they are taken out of the text.
 */
export function reminderFields(paper: Paper, pen: Pen, own: OwnTexts | null): ReminderFields {
  const { level, levels, invoices, interest } = paper.reminder ?? {
    level: 1,
    levels: 1,
    invoices: [],
    interest: 0,
  }
  const text = paper.body ?? reminderInUse(level, levels, pen, own)
  const { subject, body } = fillText(text, {
    client: paper.buyer.name,
    numbers: pen.words.invoices(invoices.map(({ number }) => number)),
    invoices: LIST,
    total: pen.amount(totalOf(paper)),
    interest: interest === 0 ? '' : pen.words.interest(pen.amount(interest), pen.day(paper.on)),
    pay: '',
    company: paper.seller.name ?? '',
    today: pen.day(paper.on),
  })
  const [intro = '', ...rest] = body.split(LIST)
  return {
    title: subject,
    intro: intro.trim(),
    closing: rest.join('').trim(),
    late: invoices.map(({ number, issuedOn, dueOn, late, open }) => ({
      number,
      issued: issuedOn === null ? '' : pen.day(issuedOn),
      due: pen.day(dueOn),
      days: pen.words.daysLate(late),
      open: pen.sum(open),
    })),
  }
}
