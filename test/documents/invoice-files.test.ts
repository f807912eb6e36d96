import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { call } from '../support/call.ts'
import { type Outcome, temporaryFolder } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'
import { postOffice } from '../support/post-office.ts'

const DAY = '2026-11-23'

interface Shop {
  folder: string
  on: (...args: string[]) => Promise<Outcome>
  ok: (...args: string[]) => Promise<string>
  json: <T = Record<string, unknown>>(...args: string[]) => Promise<T>
}

/** A sole trader in Berlin: Harbour Foods is written to in German, Pier Nine in English. */
async function shop(url = ''): Promise<Shop> {
  const folder = temporaryFolder()
  const env = { FUNNEL_TODAY: DAY, FUNNEL_USER: 'ann', FUNNEL_SMTP_URL: url }
  const on = (...args: string[]): Promise<Outcome> =>
    call(folder, args, { ...env, FUNNEL_MAIL_FROM: 'Ann Lee <ann@lee.example>' })
  const ok = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await on(...args)
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`)
    return out
  }
  for (const words of [
    ['init', '--currency', 'EUR', '--timezone', 'UTC'],
    ['company', 'set', '--name', 'Ann Lee', '--street', 'Weg 1', '--town', 'Berlin'],
    ['company', 'set', '--country', 'DE', '--postcode', '10115', '--vat-id', 'DE136695976'],
    ['bank', 'account', 'add', 'Main', '--iban', 'DE89370400440532013000', '--bic', 'COBADEFF'],
    ['client', 'add', 'Harbour Foods', '--town', 'Hamburg', '--country', 'DE', '--language', 'de'],
    ['client', 'edit', '1', '--street', 'Quay 2', '--postcode', '20457'],
    ['client', 'edit', '1', '--email', 'office@harbour.example'],
    ['client', 'add', 'Pier Nine', '--town', 'Bonn', '--country', 'DE', '--street', 'Quay 3'],
    ['client', 'edit', '2', '--email', 'office@pier.example'],
    ['tax', 'add', 'Standard', '19%'],
    ['invoice', 'add', '1', '--line', 'Kühlraum @ 1000', '--order-ref', 'PO 7'],
    ['invoice', 'add', '2', '--line', '2 h Consulting @ 500'],
    ['invoice', 'issue', 'd1', 'd2', '--on', '2026-10-01'],
    ['invoice', 'add', '2', '--line', 'Travel @ 30'],
  ]) {
    await ok(...words)
  }
  return {
    folder,
    on,
    ok,
    json: async (...args) => JSON.parse(await ok(...args, '--json')) as never,
  }
}

interface Listed {
  documents: { id: number; name: string; format: string; of: string; kind: string }[]
}

const file = ({ folder }: Shop, name: string): string => path.join(folder, name)

describe('making files of invoices', () => {
  it('names them in the language of the client, and makes drafts as such', async () => {
    const made = await shop()
    expect(await made.ok('invoice', 'make', '2026-0001')).toBe('wrote Rechnung-2026-0001.pdf\n')
    await made.ok('invoice', 'make', '2026-0001', '2026-0002', 'd3', '--out', 'pages')
    expect(readdirSync(file(made, 'pages')).toSorted()).toEqual([
      'Invoice-2026-0002.pdf',
      'Invoice-draft-d3.pdf',
      'Rechnung-2026-0001.pdf',
    ])
    const page = await made.ok('invoice', 'make', 'd3', '--format', 'html', '--out', '-')
    expect(page).toContain('Invoice (draft)')
    expect(readFileSync(file(made, 'pages/Invoice-2026-0002.pdf')).subarray(0, 5).toString()).toBe(
      '%PDF-',
    )
  })

  it('gives the same bytes again, and does not change the book', async () => {
    const made = await shop()
    const before = await made.ok('history', '--json')
    for (const format of ['pdf', 'html', 'docx', 'odt']) {
      await made.ok('invoice', 'make', '2026-0001', '--format', format, '--out', `a.${format}`)
      await made.ok('invoice', 'make', '2026-0001', '--format', format, '--out', `b.${format}`)
      const [one, two] = ['a', 'b'].map((name) => readFileSync(file(made, `${name}.${format}`)))
      expect(one?.equals(two ?? Buffer.of())).toBe(true)
    }
    expect(await made.ok('history', '--json')).toBe(before)
  })

  it('refuses an e-invoice with what it lacks, and makes it once that is there', async () => {
    const made = await shop()
    const { code, err } = await made.on('invoice', 'make', '2026-0001', '--format', 'ubl')
    expect(code).toBe(1)
    expect(err).toContain('funnel client edit 1 --e-address')
    for (const words of [
      ['company', 'set', '--e-address', '0088:4012345000009', '--phone', '+49 30 1234567'],
      ['company', 'set', '--email', 'ann@lee.example'],
      ['client', 'edit', '1', '--e-address', '0088:4012345000016', '--buyer-ref', 'Dept 7'],
    ]) {
      await made.ok(...words)
    }
    await made.ok('invoice', 'make', '2026-0001', '--format', 'ubl')
    expect(readFileSync(file(made, 'Rechnung-2026-0001.xml'), 'utf8')).toContain('2026-0001')
    await made.ok('invoice', 'make', '2026-0001', '--format', 'factur-x', '--out', 'x.pdf')
    expect(readFileSync(file(made, 'x.pdf')).includes('factur-x.xml')).toBe(true)
  })

  it('shows one in the terminal, with its code to scan, and pours no file into it', async () => {
    const { folder } = await shop()
    const run = (...args: string[]) => runInside(folder, args, { columns: 80 })
    const shown = await run('invoice', 'make', '2026-0001', '--preview')
    expect(shown.out).toContain('Rechnung 2026-0001')
    expect(shown.out).toContain('█')
    const refused = await run('invoice', 'make', '2026-0001', '--out', '-')
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.err).toContain('--preview')
  })

  it('names letters that no font has', async () => {
    const made = await shop()
    await made.ok('invoice', 'add', '2', '--line', 'Tea 中 @ 3')
    const { code, err } = await made.on('invoice', 'make', 'd4')
    expect([code, err]).toEqual([0, expect.stringContaining('U+4E2D 中')])
  })

  it('says where the file is that was sent', async () => {
    const made = await shop()
    await made.ok('invoice', 'send', '2026-0001', '--out', 'sent.pdf')
    const { err } = await made.on('invoice', 'make', '2026-0001')
    expect(err).toContain('funnel document show 1 --out FILE')
  })
})

describe('sending invoices as documents', () => {
  it('mails the PDF that is kept, in the words of the client', async () => {
    const server = await postOffice()
    const made = await shop(server.url)
    expect(await made.ok('invoice', 'send', '2026-0001')).toBe(
      'sent to office@harbour.example: Rechnung 2026-0001 von Ann Lee\n',
    )
    const mail = server.mails[0]?.mail
    expect(mail?.text).toContain('anbei erhalten Sie unsere Rechnung 2026-0001')
    expect(mail?.text).toContain('1.190,00 EUR')
    expect(mail?.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ['Rechnung-2026-0001.pdf', 'application/pdf'],
    ])
    await made.ok('document', 'show', '1', '--out', 'kept.pdf')
    const kept = readFileSync(file(made, 'kept.pdf'))
    expect(mail?.attachments[0]?.content.equals(kept)).toBe(true)
    // Nothing was paid meanwhile: made again, it is the same to the byte.
    await made.ok('invoice', 'make', '2026-0001', '--out', 'again.pdf')
    expect(readFileSync(file(made, 'again.pdf')).equals(kept)).toBe(true)
    await made.ok('doctor')
  })

  it('sends several at once, each to its client in its language, or none', async () => {
    const server = await postOffice()
    const made = await shop(server.url)
    const refused = await made.on('invoice', 'send', '2026-0001', 'd3')
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('is a draft')])
    await made.ok('invoice', 'send', '2026-0001', '2026-0002')
    expect(server.mails.map(({ to, mail }) => [to[0], mail.subject])).toEqual([
      ['office@harbour.example', 'Rechnung 2026-0001 von Ann Lee'],
      ['office@pier.example', 'Invoice 2026-0002 from Ann Lee'],
    ])
    const { documents } = await made.json<Listed>('document', 'list')
    expect(documents.map(({ of }) => of)).toEqual(['invoice 2026-0002', 'invoice 2026-0001'])
  })

  it('follows the setting, and an option', async () => {
    const server = await postOffice()
    const made = await shop(server.url)
    const wrong = await made.on('settings', 'set', 'invoice-format', 'fax')
    expect(wrong.err).toContain('pdf, html, factur-x, ubl+pdf, text')
    await made.ok('settings', 'set', 'invoice-format', 'html')
    await made.ok('invoice', 'send', '2026-0001')
    await made.ok('invoice', 'send', '2026-0002', '--format', 'text')
    expect(server.mails.map(({ mail }) => mail.attachments.length)).toEqual([1, 0])
    expect(server.mails[1]?.mail.text).toMatch(/Total EUR +1,190\.00/)
    const { documents } = await made.json<Listed>('document', 'list')
    expect(documents.map(({ format }) => format)).toEqual(['txt', 'html'])
  })

  it('takes back what waits with undo, and what is kept with it', async () => {
    const made = await shop('smtp://127.0.0.1:9?timeout=1')
    const { code } = await made.on('invoice', 'send', '2026-0001')
    expect(code).toBe(1)
    expect((await made.json<Listed>('document', 'list')).documents).toHaveLength(1)
    await made.ok('undo')
    expect((await made.json<Listed>('document', 'list')).documents).toEqual([])
    expect(await made.ok('outbox', 'list')).toContain('No mail waits')
  })

  it('shows mail and files without sending them', async () => {
    const made = await shop()
    const text = await made.ok('invoice', 'send', '2026-0001', '--dry-run')
    expect(text).toContain('To: office@harbour.example')
    expect(text).toMatch(/Attached: Rechnung-2026-0001\.pdf \(\d+ KB\)/)
    expect((await made.json<Listed>('document', 'list')).documents).toEqual([])
    expect(existsSync(file(made, 'Rechnung-2026-0001.pdf'))).toBe(false)
  })
})

describe('reminders as documents', () => {
  it('are in the language of the client, as files or with a mail, and are kept', async () => {
    const server = await postOffice()
    const made = await shop(server.url)
    await made.ok('remind', '--client', '1', '--out', 'letters', '--format', 'pdf')
    expect(readdirSync(file(made, 'letters'))).toEqual(['reminder-1-2026-0001.pdf'])
    await made.ok('settings', 'set', 'reminder-format', 'pdf')
    await made.ok('client', 'edit', '2', '--language', 'th')
    await made.ok('remind')
    const mail = server.mails[0]?.mail
    expect(mail?.text).toContain('2026-0002')
    expect(mail?.text).toMatch(/\p{Script=Thai}/u)
    expect(mail?.attachments).toHaveLength(1)
    const { documents } = await made.json<Listed>('document', 'list', '--invoice', '2026-0002')
    expect(documents.map(({ kind, format }) => [kind, format])).toEqual([['reminder', 'pdf']])
    await made.ok('document', 'show', String(documents[0]?.id), '--out', 'kept.pdf')
    const kept = readFileSync(file(made, 'kept.pdf'))
    expect(mail?.attachments[0]?.content.equals(kept)).toBe(true)
    await made.ok('doctor')
  })

  it('of several invoices are found by each of them', async () => {
    const made = await shop()
    await made.ok('invoice', 'add', '1', '--line', 'Regal @ 100')
    await made.ok('invoice', 'issue', 'd4', '--on', '2026-10-02')
    await made.ok('remind', '--client', '1', '--out', 'letters')
    for (const number of ['2026-0001', '2026-0003']) {
      const { documents } = await made.json<Listed>('document', 'list', '--invoice', number)
      expect(documents.map(({ kind }) => kind)).toEqual(['reminder'])
    }
    const letter = readFileSync(file(made, 'letters/reminder-1-2026-0001.txt'), 'utf8')
    expect(letter).toMatch(/2026-0003, fällig am 01\.11\.2026, seit 22 Tagen überfällig/)
  })
})

describe('The format of a file', () => {
  it('is the one that its name says, and never another in its place', async () => {
    const own = await shop()
    await own.ok('invoice', 'make', '2026-0001', '--out', 'page.docx')
    expect(readFileSync(file(own, 'page.docx')).subarray(0, 2).toString()).toBe('PK')
    await own.ok('settings', 'set', 'invoice-format', 'factur-x')
    await own.ok('invoice', 'send', '2026-0002', '--out', 'sent.html')
    expect(readFileSync(file(own, 'sent.html'), 'utf8')).toContain('</html>')
    const other = await own.on('invoice', 'make', '2026-0001', '--format', 'html', '--out', 'a.pdf')
    expect(other.err).toBe(
      'funnel: a.pdf cannot be written as html\n  name it a.html, or leave out --format\n',
    )
    const odd = await own.on('invoice', 'send', '2026-0001', '--out', 'a.odt')
    expect(odd.err).toContain('name it .pdf, .html, .txt')
    await own.ok('deal', 'add', '1', 'Cold store', '--amount', '1000')
    await own.ok('proposal', 'make', '1', '--format', 'html')
    await own.ok('proposal', 'send', '1', '--out', 'offer.pdf')
    expect(readFileSync(file(own, 'offer.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
  })
})
