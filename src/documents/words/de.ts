import type { Words } from './words.ts'

export const german: Words = {
  usualTag: 'de-DE',
  day: { day: '2-digit', month: '2-digit', year: 'numeric' },
  labels: {
    number: 'Nummer',
    version: 'Version',
    date: 'Datum',
    valid_until: 'Gültig bis',
    due: 'Fällig am',
    order_ref: 'Ihre Bestellung',
    buyer_ref: 'Ihre Referenz',
    service: 'Leistungszeitraum',
    corrects: 'Zu Rechnung',
    contact: 'Ansprechpartner',
    client_vat_id: 'Ihre USt-IdNr.',
    vat_id: 'USt-IdNr.',
    tax_number: 'Steuernummer',
    position: 'Pos.',
    description: 'Bezeichnung',
    quantity: 'Menge',
    unit: 'Einheit',
    price: 'Einzelpreis',
    discount: 'Rabatt',
    net: 'Netto',
    gross: 'Gesamtbetrag',
    total: 'Summe',
    paid: 'Bereits bezahlt',
    open: 'Offener Betrag',
    rest: 'Restbetrag',
    rest_net: 'Verbleibend netto',
    interest: 'Verzugszinsen',
    options: 'Optionen',
    option: 'Option',
    alternative_to: 'statt Pos.',
    invoice: 'Rechnung',
    issued: 'Vom',
    days_late: 'Überfällig seit',
    payment: 'Zahlung',
    scan: 'Zum Zahlen scannen',
    account_holder: 'Kontoinhaber',
    iban: 'IBAN',
    bic: 'BIC',
    account: 'Kontonummer',
    sort_code: 'Bankleitzahl',
    reference: 'Verwendungszweck',
    note: 'Hinweis',
    signature: 'Ort, Datum, Unterschrift',
    page: 'Seite {page} von {pages}',
    phone: 'Telefon',
    email: 'E-Mail',
    website: 'Internet',
  },
  titles: {
    proposal: 'Angebot',
    invoice: 'Rechnung',
    deposit: 'Anzahlungsrechnung',
    part: 'Abschlagsrechnung',
    final: 'Schlussrechnung',
    // Since 2013 “Gutschrift” is what a buyer issues in place of an invoice (§ 14 Abs. 2 UStG).
    'credit-note': 'Rechnungskorrektur',
  },
  draft: (title) => `${title} (Entwurf)`,
  numbered: (title, number, version) =>
    `${title} ${number}${version === null ? '' : `, Version ${version}`}`,
  tax: (country) => (country === 'CH' || country === 'LI' ? 'MWST' : 'USt.'),
  vatId: { AT: 'UID-Nr.', CH: 'MWST-Nr.', LI: 'MWST-Nr.' },
  taxed: (tax, rate, base) => `${tax} ${rate} auf ${base}`,
  untaxed: {
    Z: 'Steuersatz null',
    E: 'Umsatzsteuerfrei',
    AE: 'Steuerschuldnerschaft des Leistungsempfängers',
    K: 'Steuerfreie innergemeinschaftliche Lieferung',
    G: 'Steuerfreie Ausfuhrlieferung',
    O: 'Nicht steuerbar',
  },
  greeting: (name) => (name === null ? 'Sehr geehrte Damen und Herren,' : `Guten Tag ${name},`),
  span: (from, to) => `${from} bis ${to}`,
  validity: (day) => `Dieses Angebot ist bis zum ${day} gültig.`,
  invoices: (numbers) =>
    `${numbers.length === 1 ? 'Rechnung' : 'Rechnungen'} ${numbers.join(', ')}`,
  lateLine: (number, due, days) =>
    `${number}, fällig am ${due}, seit ${days === 1 ? 'einem Tag' : `${days} Tagen`} überfällig`,
  daysLate: (days) => (days === 1 ? '1 Tag' : `${days} Tagen`),
  deducted: (title, number, day, net, tax) =>
    `abzüglich ${title} ${number} vom ${day} (netto ${net}, Steuer ${tax})`,
  less: (share) => `abzüglich ${share}`,
  terms: {
    pay: (amount, day) => `Bitte überweisen Sie ${amount} bis zum ${day}.`,
    payNow: (amount) => `Bitte überweisen Sie ${amount}.`,
    instalments: 'Bitte zahlen Sie in folgenden Raten:',
    instalment: (amount, day) => `${amount} bis zum ${day}`,
    early: (day, share, amount) =>
      `Bei Zahlung bis zum ${day} gewähren wir ${share} Skonto; zu zahlen sind dann ${amount}.`,
    paid: 'Der Betrag ist vollständig bezahlt. Vielen Dank.',
    credit: 'Es ist nichts zu zahlen: Der Betrag wird mit Ihren offenen Rechnungen verrechnet.',
  },
  interest: (amount, day, rate) =>
    `Verzugszinsen${rate === '' ? '' : ` (${rate} p. a.)`} bis zum ${day}: ${amount}.`,
  texts: {
    'proposal.intro':
      '{greeting}\n\nvielen Dank für Ihre Anfrage. Gern bieten wir Ihnen Folgendes an:',
    'proposal.closing':
      '{validity}\n\nFür Rückfragen stehen wir Ihnen gern zur Verfügung und freuen uns auf Ihren Auftrag.\n\nMit freundlichen Grüßen\n{company}',
    'proposal.acceptance': 'Wir nehmen dieses Angebot an und erteilen den Auftrag.',
    'proposal.mail':
      '{title}: {subject}\n\n{greeting}\n\nanbei erhalten Sie unser Angebot {number} über {total}.\n\n{validity}\n\nZur Annahme genügt eine Antwort auf diese E-Mail.\n\nMit freundlichen Grüßen\n{company}',
    'invoice.intro':
      '{greeting}\n\nfür unsere Lieferungen und Leistungen berechnen wir Ihnen wie folgt:',
    'invoice.closing': 'Vielen Dank für Ihren Auftrag.',
    'invoice.mail':
      '{title} von {company}\n\n{greeting}\n\nanbei erhalten Sie unsere {title}.\n\n{terms}\n\n{account}\n\nMit freundlichen Grüßen\n{company}',
    'credit-note.intro': '{greeting}\n\nwir schreiben Ihnen folgende Beträge gut:',
    'credit-note.closing': '',
    'credit-note.mail':
      '{title} von {company}\n\n{greeting}\n\nanbei erhalten Sie unsere {title} zur Rechnung {corrects}.\n\n{terms}\n\nMit freundlichen Grüßen\n{company}',
    'letter.intro': '{greeting}',
    'letter.closing': 'Mit freundlichen Grüßen\n{company}',
  },
  reminders: [
    `Zahlungserinnerung: {numbers}

Sehr geehrte Damen und Herren,

sicher ist es Ihrer Aufmerksamkeit entgangen, dass folgende Beträge noch offen sind:

{invoices}

{interest}

Wir bitten Sie, {total} in den nächsten Tagen zu überweisen.

{pay}

Falls Sie bereits gezahlt haben, betrachten Sie dieses Schreiben bitte als gegenstandslos.

Mit freundlichen Grüßen
{company}`,
    `Mahnung: {numbers}

Sehr geehrte Damen und Herren,

trotz unserer Zahlungserinnerung haben wir für folgende Beträge noch keine Zahlung erhalten:

{invoices}

{interest}

Bitte überweisen Sie {total} innerhalb von sieben Tagen, oder teilen Sie uns mit, was der Zahlung entgegensteht.

{pay}

Mit freundlichen Grüßen
{company}`,
    `Letzte Mahnung: {numbers}

Sehr geehrte Damen und Herren,

trotz unserer Mahnungen sind folgende Beträge weiterhin offen:

{invoices}

{interest}

Wir fordern Sie letztmalig auf, {total} innerhalb von sieben Tagen zu zahlen. Geht der Betrag nicht fristgerecht ein, werden wir weitere Schritte zum Einzug der Forderung einleiten.

{pay}

Mit freundlichen Grüßen
{company}`,
  ],
}
