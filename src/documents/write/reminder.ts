import {
  fillText,
  type ReminderText,
  type ReminderWords,
} from '../../domain/invoices/reminder-texts.ts'
import type { Money } from '../../domain/money.ts'
import { labelled, ledgerLine } from '../../money/letters/columns.ts'
import type { DocumentFields } from '../fields.ts'
import type { Paper } from '../paper.ts'
import { paymentFields } from './payment.ts'
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

const reminderOf = ({ reminder }: Paper): NonNullable<Paper['reminder']> =>
  reminder ?? { level: 1, levels: 1, invoices: [], interest: 0 as Money }

/** The text of a reminder, filled in. @param parts what stands for the list of invoices, and for the account. */
function filled(
  paper: Paper,
  pen: Pen,
  own: OwnTexts | null,
  parts: Pick<ReminderWords, 'invoices' | 'pay'>,
): ReminderText {
  const { level, levels, invoices, interest, rate = null } = reminderOf(paper)
  const share = rate === null ? '' : pen.share(rate)
  return fillText(paper.body ?? reminderInUse(level, levels, pen, own), {
    client: paper.buyer.name,
    numbers: pen.words.invoices(invoices.map(({ number }) => number)),
    total: pen.amount(totalOf(paper)),
    interest:
      interest === 0 ? '' : pen.words.interest(pen.amount(interest), pen.day(paper.on), share),
    company: paper.seller.name ?? '',
    today: pen.day(paper.on),
    ...parts,
  })
}

/** A reminder as the text of a mail, with a line for each invoice, and the account to pay to. */
export function reminderMail(paper: Paper, pen: Pen, own: OwnTexts | null): ReminderText {
  const { invoices } = reminderOf(paper)
  const { words, amount } = pen
  const list = invoices.map(({ number, dueOn, late, open }) =>
    ledgerLine(words.lateLine(number, pen.day(dueOn), late), amount(open)),
  )
  const open = invoices.reduce((all, one) => all + one.open, 0)
  const total = invoices.length > 1 ? [ledgerLine(words.labels.total, amount(open))] : []
  const { facts } = paymentFields(paper, pen)
  const pay = labelled(facts.map(({ label, value }) => [label, value] as const))
  return filled(paper, pen, own, { invoices: [...list, ...total].join('\n'), pay })
}

/**
 * A reminder, of its own text if it has one. The list of invoices and the account to pay to are blocks of the page, so
 * that they are taken out of the text.
 */
export function reminderFields(paper: Paper, pen: Pen, own: OwnTexts | null): ReminderFields {
  const { invoices } = reminderOf(paper)
  const { subject, body } = filled(paper, pen, own, { invoices: LIST, pay: '' })
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
