import type { DocumentFields } from '../fields.ts'
import type { Paper } from '../paper.ts'
import type { TextName } from '../words/words.ts'
import { cleaned } from './clean.ts'
import { headFacts } from './facts.ts'
import { footerLines } from './footer.ts'
import { lineFields } from './lines.ts'
import { partyFields } from './party.ts'
import { paymentFields } from './payment.ts'
import { type Pen, penFor } from './pen.ts'
import { reminderFields } from './reminder.ts'
import { sumFields } from './sums.ts'
import { filledText, type OwnTexts } from './texts.ts'
import { titleOf } from './title.ts'

/** Title and texts by the kind of a document. */
function texts(paper: Paper, pen: Pen, own: OwnTexts | null) {
  const text = (name: TextName): string => filledText(name, paper, pen, own)
  const none = { body: '', acceptance: '', late: [], subject: paper.subject ?? '' }
  const { kind } = paper
  if (kind === 'reminder') return { ...none, subject: '', ...reminderFields(paper, pen, own) }
  const [intro, closing] = [text(`${kind}.intro`), text(`${kind}.closing`)]
  if (kind === 'letter') {
    const body = paper.body ?? ''
    return { ...none, title: paper.subject ?? '', subject: '', intro, closing, body }
  }
  const acceptance = kind === 'proposal' ? text('proposal.acceptance') : ''
  return { ...none, title: titleOf(paper, pen), intro, closing, acceptance }
}

/**
 * What a document says, every value written out in its language; in English if there are no documents in it.
 * @param own the texts of the book in place of those that come with the program.
 */
export function fieldsOf(paper: Paper, own: OwnTexts | null = null): DocumentFields {
  const pen = penFor(paper.language, paper.currency)
  const { seller, buyer } = paper
  const home = buyer.country === null ? seller.country : buyer.country
  const written = {
    ...texts(paper, pen, own),
    kind: paper.kind,
    language: pen.tag,
    number: paper.number ?? '',
    version: paper.version === null ? '' : String(paper.version),
    date: pen.day(paper.on),
    seller: {
      ...partyFields(seller, home, pen.tag),
      register: seller.register ?? '',
      email: seller.email ?? '',
      phone: seller.phone ?? '',
      website: seller.website ?? '',
    },
    client: {
      ...partyFields(buyer, seller.country, pen.tag),
      contact: paper.contact ?? '',
      email: paper.email ?? '',
    },
    facts: headFacts(paper, pen),
    note: paper.note ?? '',
    lines: paper.lines.filter(({ counts }) => counts).map((line) => lineFields(line, pen)),
    options: paper.lines.filter(({ counts }) => !counts).map((line) => lineFields(line, pen)),
    sums: sumFields(paper, pen),
    payment: paymentFields(paper, pen),
    footer: footerLines(paper, pen),
    labels: { ...pen.words.labels, tax: pen.words.tax(seller.country) },
  }
  return cleaned(written)
}
