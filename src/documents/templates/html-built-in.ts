import type { DocumentKind } from '../../book/schema/documents.ts'
import type { Block } from '../../domain/documents.ts'
import type { Words } from '../words/words.ts'
import { blocksFor } from './blocks.ts'
import { POLICY } from './policy.ts'

/** A word of a language within a page. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Which columns a table of lines has. */
const lineTable = (list: 'lines' | 'options', { labels }: Words): string => `<table class="lines">
<thead><tr>
<th>${escaped(labels.position)}</th><th>${escaped(labels.description)}</th>
<th class="number">${escaped(labels.quantity)}</th><th class="number">${escaped(labels.price)}</th>
<th class="number">${escaped(labels.discount)}</th><th class="number">{{ labels.tax }}</th>
<th class="number">${escaped(labels.net)}</th>
</tr></thead>
<tbody>
{% for line in ${list} %}<tr>
<td>{{ line.position }}</td>
<td>{{ line.name }}{% if line.details != "" %}<div class="details">{{ line.details }}</div>{% endif %}{% if line.note != "" %}<div class="details">{{ line.note }}</div>{% endif %}</td>
<td class="number">{{ line.amount }}</td><td class="number">{{ line.price }}</td>
<td class="number">{{ line.discount }}</td><td class="number">{{ line.tax }}</td>
<td class="number">{{ line.net }}</td>
</tr>
{% endfor %}</tbody>
</table>`

const factTable = (list: string, name: string): string =>
  `<table class="${name}">
{% for fact in ${list} %}<tr><th>{{ fact.label }}</th><td>{{ fact.value }}</td></tr>
{% endfor %}</table>`

const text = (field: string): string =>
  `{% if ${field} != "" %}<p class="text">{{ ${field} }}</p>{% endif %}`

const lateTable = ({ labels }: Words): string => `{% if has_late %}<table class="lines">
<thead><tr><th>${escaped(labels.invoice)}</th><th>${escaped(labels.issued)}</th><th>${escaped(labels.due)}</th><th>${escaped(labels.days_late)}</th><th class="number">${escaped(labels.open)}</th></tr></thead>
<tbody>
{% for one in late %}<tr><td>{{ one.number }}</td><td>{{ one.issued }}</td><td>{{ one.due }}</td><td>{{ one.days }}</td><td class="number">{{ one.open }}</td></tr>
{% endfor %}</tbody>
</table>{% endif %}`

function blockText(block: Block, kind: DocumentKind, words: Words): string {
  const { labels } = words
  const blocks: Record<Block, string> = {
    logo: `{% if logo != "" %}<img class="logo" src="{{ logo }}" alt="{{ seller.name }}">{% endif %}`,
    sender: `<p class="sender">{{ seller.line }}</p>`,
    recipient: `<address>{{ client.name }}{% if client.contact != "" %}<br>{{ client.contact }}{% endif %}{% for line in client.address %}<br>{{ line.text }}{% endfor %}</address>`,
    facts: factTable('facts', 'facts'),
    title: `<h1>{{ title }}</h1>\n{% if subject != "" %}<p class="subject">{{ subject }}</p>{% endif %}`,
    intro: kind === 'letter' ? `${text('intro')}\n${text('body')}` : text('intro'),
    lines:
      kind === 'reminder'
        ? lateTable(words)
        : `{% if has_lines %}${lineTable('lines', words)}{% endif %}`,
    sums: `<table class="sums">
{% for sum in sums %}<tr{% if sum.strong %} class="strong"{% endif %}><th>{{ sum.label }}</th><td class="number">{{ sum.value }}</td></tr>
{% endfor %}</table>`,
    options: `{% if has_options %}<h2>${escaped(labels.options)}</h2>\n${lineTable('options', words)}{% endif %}`,
    note: text('note'),
    closing: text('closing'),
    payment: `{% if has_payment %}<section class="payment">
{% if payment_code != "" %}<img class="code" src="{{ payment_code }}" alt="EPC-QR">{% endif %}
{% for line in terms %}<p>{{ line.text }}</p>
{% endfor %}${factTable('account_facts', 'account')}
</section>{% endif %}`,
    acceptance: `{% if acceptance != "" %}<section class="acceptance"><p class="text">{{ acceptance }}</p>\n<p class="signature">${escaped(labels.signature)}</p></section>{% endif %}`,
    footer: `<footer>{% for line in footer %}<div>{{ line.text }}</div>{% endfor %}</footer>`,
  }
  return blocks[block]
}

const STYLE = `@page { size: A4; margin: 20mm 20mm 18mm 25mm; }
* { box-sizing: border-box; }
body { max-width: 175mm; margin: 12mm auto; padding: 0 6mm; color: #222; font: 10.5pt/1.4 "Noto Sans", "Noto Sans Thai", "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
h1, h2 { color: {{ color }}; line-height: 1.2; break-after: avoid; }
h1 { font-size: 17pt; margin: 9mm 0 2mm; }
h2 { font-size: 12pt; margin: 6mm 0 2mm; }
.logo { display: block; max-width: 60mm; max-height: 24mm; margin: 0 0 8mm auto; }
.sender { margin: 0 0 2mm; font-size: 7.5pt; color: #666; }
address { font-style: normal; min-height: 26mm; }
.subject { font-weight: bold; margin: 0 0 4mm; }
.text { white-space: pre-line; margin: 3mm 0; }
table { border-collapse: collapse; }
th { text-align: left; font-weight: normal; }
td, th { padding: 1.2mm 2mm 1.2mm 0; vertical-align: top; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.facts { margin: 0 0 0 auto; }
.facts th, .account th { color: #666; padding-right: 5mm; }
.facts td, .facts th, .account td, .account th { padding-top: 0; padding-bottom: .5mm; }
.lines { width: 100%; margin: 4mm 0 2mm; }
.lines th { border-bottom: 1.5pt solid {{ color }}; color: {{ color }}; font-weight: bold; font-size: 9pt; vertical-align: bottom; }
.lines td { border-bottom: .5pt solid #ccc; }
.lines td:last-child, .lines th:last-child { padding-right: 0; }
.lines tr { break-inside: avoid; }
.details { white-space: pre-line; font-size: 9pt; color: #555; }
.sums { margin: 0 0 4mm auto; min-width: 50%; break-inside: avoid; }
.sums td { padding-right: 0; }
.sums .strong td, .sums .strong th { font-weight: bold; border-top: 1pt solid {{ color }}; }
.payment, .acceptance { break-inside: avoid; margin: 5mm 0; }
.code { float: right; width: 32mm; height: 32mm; margin: 0 0 2mm 5mm; }
.payment::after { content: ""; display: block; clear: both; }
.payment p { margin: 0 0 1mm; }
.signature { margin-top: 16mm; border-top: .5pt solid #222; width: 80mm; font-size: 8pt; padding-top: 1mm; }
footer { margin-top: 10mm; border-top: .5pt solid #ccc; padding-top: 2mm; font-size: 8pt; color: #666; }
@media print { body { margin: 0; padding: 0; max-width: none; } }`

/** A page for a kind of document, with words of a language: a template that can be saved and changed. */
export function htmlTemplate(kind: DocumentKind, words: Words, blocks: readonly Block[]): string {
  const parts = blocksFor(kind, blocks).map((block) => blockText(block, kind, words))
  return `<!DOCTYPE html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
${POLICY}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
${STYLE}
</style>
</head>
<body>
${parts.join('\n')}
</body>
</html>
`
}
