import type { DocumentFields, Fact, LineFields, Look } from '../fields.ts'

/** A line of text in a list of them. */
interface TextLine {
  text: string
}

/** A document as templates see it: values by name, and lists of them. */
export interface View {
  [name: string]: string | boolean | View | readonly View[]
}

const textLines = (lines: readonly string[]): (View & TextLine)[] => lines.map((text) => ({ text }))

/** Values by the names of facts; of several with one name the first. */
function byName(facts: readonly Fact[]): View {
  const values = new Map<string, string>()
  for (const { name, value } of facts) if (!values.has(name)) values.set(name, value)
  return Object.fromEntries(values)
}

const factView = ({ name, label, value }: Fact): View => ({ name, label, value })

function lineView(line: LineFields, labels: DocumentFields['labels']): View {
  const amount = [line.quantity, line.unit].filter((part) => part !== '').join(' ')
  const { alternative_of: of } = line
  const note = of === '' ? '' : `${labels.alternative_to} ${of}`
  return { ...line, amount, note }
}

/** The logo as an address that a page can show; empty if there is none. */
function logoAddress({ logo }: Pick<Look, 'logo'>): string {
  if (logo === null) return ''
  const type = logo.kind === 'svg' ? 'image/svg+xml' : `image/${logo.kind}`
  return `data:${type};base64,${logo.bytes.toString('base64')}`
}

/** What a template can fill in. */
export function viewOf(fields: DocumentFields, look: Look): View {
  const { client, seller, payment, labels } = fields
  const lines = (all: readonly LineFields[]): View[] => all.map((line) => lineView(line, labels))
  const senderLine = [seller.name, ...seller.address].filter((part) => part !== '').join(' · ')
  return {
    kind: fields.kind,
    language: fields.language,
    title: fields.title,
    number: fields.number,
    version: fields.version,
    date: fields.date,
    subject: fields.subject,
    intro: fields.intro,
    closing: fields.closing,
    note: fields.note,
    body: fields.body,
    acceptance: fields.acceptance,
    seller: { ...seller, address: textLines(seller.address), line: senderLine },
    client: {
      ...client,
      address: textLines(client.address),
      envelope: [client.name, client.contact, ...client.address]
        .filter((line) => line !== '')
        .join('\n'),
    },
    facts: fields.facts.map(factView),
    fact: byName(fields.facts),
    lines: lines(fields.lines),
    options: lines(fields.options),
    has_lines: fields.lines.length > 0,
    has_options: fields.options.length > 0,
    sums: fields.sums.map((one) => ({ ...factView(one), strong: one.strong, plain: !one.strong })),
    sum: byName(fields.sums),
    late: fields.late.map((one) => ({ ...one })),
    has_late: fields.late.length > 0,
    terms: textLines(payment.terms),
    terms_text: payment.terms.join('\n'),
    account: byName(payment.facts),
    account_facts: payment.facts.map(factView),
    has_payment: payment.terms.length > 0 || payment.facts.length > 0,
    footer: textLines(fields.footer),
    footer_text: fields.footer.join('\n'),
    labels: { ...labels },
    logo: logoAddress(look),
    // Pages get it from who makes them.
    payment_code: '',
    color: look.color,
  }
}
