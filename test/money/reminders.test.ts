import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { examineBook } from '../../src/book/doctor.ts'
import { openBook } from '../../src/book/open.ts'
import { call } from '../support/call.ts'
import { BINARY, type Outcome, temporaryFolder } from '../support/funnel.ts'
import { postOffice, refusal } from '../support/post-office.ts'

const FROM = 'Ann Lee <ann@lee.example>'

interface Shop {
  folder: string
  /** Runs a command on a day, with mail through a server. */
  on: (today: string, ...args: string[]) => Promise<Outcome>
  ok: (today: string, ...args: string[]) => Promise<string>
  json: <T = Record<string, unknown>>(today: string, ...args: string[]) => Promise<T>
  url: string
}

const DAY = '2026-11-28'

/**
 * A sole trader’s book: Harbour Foods owes 9,280.00 (A, due 2026-10-31) and 1,190.00 (B, due 2026-11-20); Pier Nine,
 * which has no address, owes 595.00 (C, due 2026-11-27).
 */
async function shop(url = ''): Promise<Shop> {
  const folder = temporaryFolder()
  const on = (today: string, ...args: string[]): Promise<Outcome> =>
    call(folder, args, {
      FUNNEL_TODAY: today,
      FUNNEL_USER: 'ann',
      FUNNEL_SMTP_URL: made.url,
      FUNNEL_MAIL_FROM: FROM,
    })
  const ok = async (today: string, ...args: string[]): Promise<string> => {
    const { code, out, err } = await on(today, ...args)
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`)
    return out
  }
  const made: Shop = {
    folder,
    on,
    ok,
    json: async (today, ...args) => JSON.parse(await ok(today, ...args, '--json')) as never,
    url,
  }
  for (const args of [
    ['init', '--currency', 'EUR', '--timezone', 'UTC'],
    ['company', 'set', '--name', 'Ann Lee', '--street', 'Weg 1', '--town', 'Berlin'],
    ['company', 'set', '--country', 'DE', '--postcode', '10115', '--vat-id', 'DE136695976'],
    ['bank', 'account', 'add', 'Main', '--iban', 'DE89370400440532013000', '--bic', 'COBADEFF'],
    ['client', 'add', 'Harbour Foods', '--town', 'Hamburg', '--country', 'DE'],
    ['client', 'edit', '1', '--street', 'Quay 2', '--email', 'office@harbour.example'],
    ['client', 'add', 'Pier Nine', '--town', 'Bonn', '--country', 'DE', '--street', 'Quay 3'],
    ['tax', 'add', 'Standard', '19%'],
    ['invoice', 'add', '1', '--line', 'Works @ 7798.32'],
    ['invoice', 'issue', 'd1', '--on', '2026-10-01', '--due', '2026-10-31'],
    ['invoice', 'add', '1', '--line', '2 h Consulting @ 500', '--order-ref', 'PO 7'],
    ['invoice', 'issue', 'd2', '--on', '2026-10-21', '--due', '2026-11-20'],
    ['invoice', 'add', '2', '--line', 'Travel @ 500'],
    ['invoice', 'issue', 'd3', '--on', '2026-10-28', '--due', '2026-11-27'],
  ]) {
    await ok(DAY, ...args)
  }
  return made
}

function raw<T>(folder: string, file: string, sql: string): T[] {
  const db = new Database(path.join(folder, file), { readonly: true })
  try {
    return db.prepare(sql).all() as T[]
  } finally {
    db.close()
  }
}

const sentReminders = (folder: string) =>
  raw<{ invoice_id: number; level: number }>(
    folder,
    'funnel.db',
    'SELECT invoice_id, level FROM reminders ORDER BY id',
  ).map(({ invoice_id: id, level }) => `${id}:${level}`)

async function isSound(folder: string): Promise<void> {
  const book = openBook(path.join(folder, 'funnel.db'))
  try {
    expect(await examineBook(book)).toEqual([])
  } finally {
    book.close()
  }
}

describe('sending an invoice', () => {
  it('mails its lines, tax, due day and account, and writes it down', async () => {
    const server = await postOffice()
    const { ok, on, json, folder } = await shop(server.url)
    expect(await ok(DAY, 'invoice', 'send', '2026-0002', '--format', 'text')).toBe(
      'sent to office@harbour.example: Invoice 2026-0002 from Ann Lee\n',
    )
    const [delivered] = server.mails
    expect([delivered?.from, delivered?.to]).toEqual([
      'ann@lee.example',
      ['office@harbour.example'],
    ])
    const lines = (delivered?.mail.text ?? '')
      .split('\n')
      .map((line) => line.replaceAll(/ +/g, ' '))
    for (const line of [
      'Number: 2026-0002',
      'Your order: PO 7',
      ' 2 h × 500.00 1,000.00',
      'VAT 19% on 1,000.00 190.00',
      'Total EUR 1,190.00',
      'Please pay 1,190.00 EUR by 20 November 2026.',
      'Account holder: Ann Lee',
      'IBAN: DE89 3704 0044 0532 0130 00',
      'BIC: COBADEFF',
      'Reference: RF0420260002',
    ]) {
      expect(lines).toContain(line)
    }
    expect(delivered?.mail.html).toBe(false)
    const { events } = await json<{ events: object[] }>(DAY, 'invoice', 'show', '2026-0002')
    expect(events).toMatchObject([{ at: DAY, kind: 'sent', note: 'to office@harbour.example' }])
    expect(await ok(DAY, 'client', 'show', '1')).toContain('Sent invoice 2026-0002')
    // It is no contact made: nobody was spoken to.
    expect(await ok(DAY, 'client', 'show', '1')).not.toContain('Last contact')
    const again = await on(DAY, 'invoice', 'send', '2026-0002')
    expect([again.code, again.err]).toEqual([
      1,
      `funnel: invoice 2026-0002 was sent on ${DAY} to office@harbour.example\n` +
        '  to send it once more: funnel invoice send 2026-0002 --again\n',
    ])
    await ok(DAY, 'invoice', 'send', '2026-0002', '--again', '--to', 'Kai <kai@harbour.example>')
    expect(server.mails).toHaveLength(2)
    await isSound(folder)
  })

  it('says what is still to be paid, the discount while it lasts, and instalments', async () => {
    const { ok } = await shop()
    const text = (today: string, number: string) =>
      ok(today, 'invoice', 'send', number, '--format', 'text', '--dry-run', '--to', 'a@b.example')
    await ok(DAY, 'terms', 'add', 'Quick', '--days', '14', '--discount', '2%', '--within', '7')
    await ok(DAY, 'invoice', 'add', '1', '--line', 'Plan @ 100', '--terms', 'Quick')
    await ok(DAY, 'invoice', 'issue', 'd4')
    expect(await text('2026-12-05', '2026-0004')).toContain(
      'If you pay by 5 December 2026, you may deduct 2% and pay 116.62 EUR.',
    )
    expect(await text('2026-12-06', '2026-0004')).not.toContain('deduct')
    await ok(DAY, 'payment', 'add', '1', '19', '--for', '2026-0004')
    expect(await text(DAY, '2026-0004')).toContain('Please pay 100.00 EUR by 12 December 2026.')
    const plan = '50% at once, 50% 30d'
    await ok(DAY, 'invoice', 'add', '1', '--line', 'Hall @ 1000', '--instalments', plan)
    await ok(DAY, 'invoice', 'issue', 'd5')
    await ok(DAY, 'payment', 'add', '1', '600', '--for', '2026-0005')
    expect(await text(DAY, '2026-0005')).toContain(
      'Please pay in instalments:\n590.00 EUR by 28 December 2026',
    )
    await ok(DAY, 'invoice', 'credit', '2026-0003', '--reason', 'Not done')
    const credit = await text(DAY, '2026-0006')
    expect(credit).toContain('Corrects invoice: 2026-0003')
    expect(credit).not.toContain('IBAN')
  })

  it('needs an address, and says how to give one', async () => {
    const server = await postOffice()
    const { on, ok, folder } = await shop(server.url)
    const { code, err } = await on(DAY, 'invoice', 'send', '2026-0003')
    expect(code).toBe(1)
    expect(err).toContain('Pier Nine has no e-mail address')
    expect(err).toContain('funnel client edit 2 --email ADDRESS')
    await ok(DAY, 'contact', 'add', '2', 'Kai Lund', '--email', 'kai@pier.example')
    await ok(DAY, 'invoice', 'send', '2026-0003')
    expect(server.mails.map(({ to }) => to)).toEqual([['kai@pier.example']])
    await isSound(folder)
  })

  it('goes to a file where there is no mail, and then counts as sent', async () => {
    const { on, ok, folder } = await shop()
    const refused = await on(DAY, 'invoice', 'send', '2026-0002')
    expect([refused.code, refused.err.includes('--out FILE')]).toEqual([2, true])
    await ok(DAY, 'invoice', 'send', '2026-0002', '--format', 'text', '--out', 'letter.txt')
    const letter = readFileSync(path.join(folder, 'letter.txt'), 'utf8')
    expect(letter).toMatch(/^Subject: Invoice 2026-0002 from Ann Lee\n\n/)
    expect((await on(DAY, 'invoice', 'send', '2026-0002', '--out', 'letter.txt')).code).toBe(1)
    await ok(DAY, 'undo')
    await ok(DAY, 'invoice', 'send', '2026-0002', '--out', 'letter.txt')
  })

  it('refuses drafts, voided invoices and addresses that are none', async () => {
    const { on, ok } = await shop()
    await ok(DAY, 'invoice', 'add', '1', '--line', 'Work @ 9')
    expect((await on(DAY, 'invoice', 'send', 'd4')).err).toContain('funnel invoice issue d4')
    await ok(DAY, 'invoice', 'void', '2026-0003', '--reason', 'wrong')
    expect((await on(DAY, 'invoice', 'send', '2026-0003')).err).toContain('was voided')
    const { code, err } = await on(DAY, 'invoice', 'send', '2026-0002', '--to', 'nobody')
    expect([code, err.includes('is not an e-mail address')]).toEqual([2, true])
  })
})

describe('reminding', () => {
  it('writes to each client once a level, of what is late, with interest if it is charged', async () => {
    const server = await postOffice()
    const { ok, json, folder } = await shop(server.url)
    await ok(DAY, 'settings', 'set', 'late-interest', '10.15%')
    const before = await json<{ reminders: object[] }>(DAY, 'remind', '--dry-run')
    // 9,280.00 × 0.1015 × 28 / 365 = 72.26; 1,190.00 × 0.1015 × 8 / 365 = 2.65. C is one day late.
    expect(before.reminders).toMatchObject([
      { client: 'Harbour Foods', level: 1, late: 28, open: 10_470, interest: 74.91 },
    ])
    expect(sentReminders(folder)).toEqual([])
    expect(await json(DAY, 'remind')).toMatchObject({
      letters: [{ client_id: 1, level: 1, invoices: ['2026-0001', '2026-0002'] }],
      sent: [{ to: 'office@harbour.example' }],
      without_address: [],
    })
    expect(sentReminders(folder)).toEqual(['1:1', '2:1'])
    const text = server.mails[0]?.mail.text ?? ''
    expect(server.mails[0]?.mail.subject).toBe('Payment reminder: invoices 2026-0001, 2026-0002')
    for (const part of [
      /2026-0001, due 31 October 2026, 28 days late +9,280\.00 EUR/,
      /Total +10,470\.00 EUR/,
      /Late interest at 10\.15% a year until 28 November 2026: 74\.91 EUR\./,
      /We would be glad to receive 10,544\.91 EUR/,
    ]) {
      expect(text).toMatch(part)
    }
    expect(await ok(DAY, 'remind')).toBe('no reminder is due\n')
    expect(server.mails).toHaveLength(1)
    await isSound(folder)
  })

  it('follows up level by level, whenever it is run, until the money is there', async () => {
    const server = await postOffice()
    const { ok, folder } = await shop(server.url)
    await ok(DAY, 'remind')
    // Six days are too few.
    expect(await ok('2026-12-04', 'remind', '--client', '1')).toBe('no reminder is due\n')
    // A is 35 days late by now, B 15: both are at level 2. Without an address, Pier Nine is only named.
    const second = await ok('2026-12-05', 'remind')
    expect(second).toContain(
      'Pier Nine has no e-mail address that mail can go to: funnel client edit 2 --email ADDRESS',
    )
    expect(server.mails[1]?.mail.subject).toBe('Reminder: invoices 2026-0001, 2026-0002 overdue')
    await ok('2026-12-06', 'payment', 'add', '1', '1190', '--for', '2026-0002')
    await ok('2026-12-06', 'payment', 'add', '1', '9000', '--for', '2026-0001')
    await ok('2026-12-12', 'remind')
    expect(server.mails[2]?.mail.subject).toBe('Final notice: invoice 2026-0001')
    expect(server.mails[2]?.mail.text).toContain('If we have not received 280.00 EUR within')
    expect(server.mails[2]?.mail.text).toContain('Reference:      RF3120260001')
    await ok('2027-02-12', 'remind')
    expect(sentReminders(folder)).toEqual(['1:1', '2:1', '1:2', '2:2', '1:3'])
    expect(server.mails).toHaveLength(3)
  })

  it('leaves alone what is on hold, void, paid or sent a moment ago', async () => {
    const server = await postOffice()
    const { ok, folder } = await shop(server.url)
    await ok(DAY, 'invoice', 'hold', '2026-0001', '--reason', 'disputed')
    await ok(DAY, 'invoice', 'send', '2026-0002')
    expect(await ok(DAY, 'remind')).toBe('no reminder is due\n')
    await ok('2026-12-05', 'remind')
    expect(sentReminders(folder)).toEqual(['2:1'])
    await ok('2026-12-06', 'invoice', 'release', '2026-0001')
    await ok('2026-12-06', 'payment', 'add', '1', '9280', '--for', '2026-0001')
    await ok('2026-12-20', 'invoice', 'write-off', '2026-0002')
    expect(await ok('2026-12-20', 'remind', '--client', '1')).toBe('no reminder is due\n')
  })

  it('asks for late instalments only, and begins again with each', async () => {
    const server = await postOffice()
    const { ok, json, folder } = await shop(server.url)
    await ok(DAY, 'payment', 'add', '1', '10470', '--oldest')
    const plan = '50% at once, 50% 30d'
    await ok(DAY, 'settings', 'set', 'late-interest', '10%')
    await ok(DAY, 'invoice', 'add', '1', '--line', 'Hall @ 1000 +0%', '--instalments', plan)
    await ok('2026-11-28', 'invoice', 'issue', 'd4')
    await ok('2026-12-03', 'payment', 'add', '1', '100', '--for', '2026-0004')
    // 500.00 are due on the 28th, of which 400.00 are open; the rest is due on 28 December.
    const due = await json<{ reminders: object[] }>(
      '2026-12-08',
      'remind',
      '--dry-run',
      '--client',
      '1',
    )
    // 400.00 × 10 % × 10 / 365 = 1.10.
    expect(due.reminders).toMatchObject([{ late: 10, open: 400, interest: 1.1, level: 1 }])
    await ok('2026-12-08', 'remind', '--client', '1')
    await ok('2026-12-15', 'remind', '--client', '1')
    await ok('2026-12-16', 'payment', 'add', '1', '400', '--for', '2026-0004')
    expect(await ok('2026-12-30', 'remind', '--client', '1')).toBe('no reminder is due\n')
    await ok('2026-12-31', 'remind', '--client', '1')
    expect(
      raw(folder, 'funnel.db', 'SELECT due_on, level, open FROM reminders ORDER BY id'),
    ).toEqual([
      { due_on: '2026-11-28', level: 1, open: 40_000 },
      { due_on: '2026-11-28', level: 2, open: 40_000 },
      { due_on: '2026-12-28', level: 1, open: 50_000 },
    ])
  })

  it('is narrowed by level, client and number of letters', async () => {
    const server = await postOffice()
    const { ok, on, json } = await shop(server.url)
    await ok(DAY, 'client', 'edit', '2', '--email', 'pier@nine.example')
    const due = (...args: string[]) =>
      json<{ reminders: { client: string }[] }>('2026-12-01', 'remind', '--dry-run', ...args)
    expect((await due()).reminders).toHaveLength(2)
    expect((await due('--level', '2')).reminders).toEqual([])
    expect((await due('--client', 'pier')).reminders).toMatchObject([{ client: 'Pier Nine' }])
    expect((await due('--limit', '1')).reminders).toMatchObject([{ client: 'Harbour Foods' }])
    expect(await ok('2026-12-01', 'remind', '--limit', '1')).toContain('1 letter more')
    expect(server.mails).toHaveLength(1)
    const { code, err } = await on(DAY, 'remind', '--level', '4')
    expect([code, err.includes('there are 3 levels')]).toEqual([2, true])
  })

  it('writes letters to a folder where there is no mail', async () => {
    const { ok, on, folder } = await shop()
    expect((await on('2026-12-01', 'remind')).code).toBe(2)
    await ok('2026-12-01', 'remind', '--out', 'letters')
    expect(readdirSync(path.join(folder, 'letters')).toSorted()).toEqual([
      'reminder-1-2026-0001.txt',
      'reminder-1-2026-0003.txt',
    ])
    expect(await ok('2026-12-01', 'remind', '--out', 'letters')).toBe('no reminder is due\n')
    // What was only written can be undone.
    await ok('2026-12-01', 'undo')
    expect(sentReminders(folder)).toEqual([])
  })

  it('says what one wrote, in the days of the language', async () => {
    const server = await postOffice()
    const { ok, on, folder } = await shop(server.url)
    await ok(DAY, 'settings', 'set', 'document-language', 'de')
    const text = await ok(DAY, 'reminder', 'text', '1')
    expect(text).toMatch(/^Zahlungserinnerung.*\{numbers\}\n/)
    writeFileSync(path.join(folder, 'eins.txt'), 'Mahnung {numbers}\n\nAm {today}:\n\n{invoices}\n')
    await ok(DAY, 'reminder', 'text', '1', '--file', 'eins.txt')
    await ok(DAY, 'remind')
    expect(server.mails[0]?.mail.subject).toBe('Mahnung Rechnungen 2026-0001, 2026-0002')
    expect(server.mails[0]?.mail.text).toMatch(
      /^Am 28\.11\.2026:\n\n2026-0001, fällig am 31\.10\.2026, .* 9\.280,00 EUR/,
    )
    await ok(DAY, 'undo', '--yes', ...(await textOperation(ok)))
    expect(await ok(DAY, 'reminder', 'text', '1')).toBe(text)
    writeFileSync(path.join(folder, 'eins.txt'), 'Mahnung\n\n{invoice}\n')
    const { code, err } = await on(DAY, 'reminder', 'text', '1', '--file', 'eins.txt')
    expect([code, err.includes('“{invoice}” is not known')]).toEqual([2, true])
  })
})

/** The number of the operation that set the text. */
async function textOperation(ok: Shop['ok']): Promise<string[]> {
  const { operations } = JSON.parse(await ok(DAY, 'history', '--json')) as {
    operations: { id: number; command: string }[]
  }
  const found = operations.find(({ command }) => command.includes('reminder text'))
  return [String(found?.id)]
}

describe('a reminder and its mail', () => {
  const DOWN = 'smtp://127.0.0.1:9?timeout=1'

  it('waits in the outbox while the server is down, and undo takes it out', async () => {
    const made = await shop(DOWN)
    const { on, ok, folder } = made
    const down = await on(DAY, 'remind')
    expect(down.code).toBe(1)
    expect(down.err).toContain('waits in the outbox')
    expect(sentReminders(folder)).toEqual(['1:1', '2:1'])
    // It is not made again.
    expect((await on(DAY, 'remind')).err).toContain('waits in the outbox')
    expect(raw(folder, 'funnel.db.outbox/outbox.db', 'SELECT id FROM messages')).toHaveLength(1)
    await ok(DAY, 'undo')
    expect(sentReminders(folder)).toEqual([])
    expect(await ok(DAY, 'outbox', 'list')).toContain('No mail waits')
    const again = await on(DAY, 'undo', String(await lastOperation(ok)))
    expect([again.code, again.err.includes('taken out of the outbox')]).toEqual([1, true])
    const server = await postOffice()
    made.url = server.url
    await ok(DAY, 'remind')
    expect(server.mails).toHaveLength(1)
    const sent = await on(DAY, 'undo')
    expect([sent.code, sent.err.includes('has left the outbox')]).toEqual([1, true])
    expect(sentReminders(folder)).toEqual(['1:1', '2:1'])
  })

  it('is dropped from the outbox with a word on what the book says', async () => {
    const { on, ok } = await shop(DOWN)
    await on(DAY, 'remind')
    expect(await ok(DAY, 'outbox', 'drop', '1')).toContain('the book still counts it as sent')
    expect((await on(DAY, 'undo')).err).toContain('has left the outbox')
  })

  it('goes to others where an address of the book is none that mail knows', async () => {
    const server = await postOffice()
    const { ok, on } = await shop(server.url)
    await ok(DAY, 'client', 'edit', '2', '--email', 'jürgen@pier.example')
    const said = await ok('2026-12-01', 'remind')
    expect(said).toContain('Pier Nine has no e-mail address that mail can go to')
    expect(server.mails.map(({ to }) => to)).toEqual([['office@harbour.example']])
    const { code, err } = await on(DAY, 'invoice', 'send', '2026-0003')
    expect([code, err.includes('“jürgen@pier.example” is not an e-mail address')]).toEqual([
      2,
      true,
    ])
  })

  it('goes with the next sending, whoever does it, once the server is back', async () => {
    const made = await shop(DOWN)
    await made.on(DAY, 'remind')
    const server = await postOffice()
    made.url = server.url
    expect(await made.ok(DAY, 'outbox', 'send')).toContain('sent to office@harbour.example')
    expect(server.mails).toHaveLength(1)
    expect(await made.ok(DAY, 'remind')).toBe('no reminder is due\n')
  })

  it('counts as sent where it was refused for good, and the command fails', async () => {
    const server = await postOffice({
      onRcptTo: (_address, _session, done) => done(refusal(550, 'no such mailbox')),
    })
    const { on, folder } = await shop(server.url)
    const { code, err } = await on(DAY, 'remind')
    expect([code, err.includes('refused for good')]).toEqual([1, true])
    expect(sentReminders(folder)).toEqual(['1:1', '2:1'])
  })

  it('is not sent if the change did not come about, and is sent if it did', async () => {
    const server = await postOffice()
    const made = await shop(DOWN)
    await made.on(DAY, 'remind')
    const outbox = path.join(made.folder, 'funnel.db.outbox', 'outbox.db')
    const db = new Database(outbox)
    // As if the program had been killed right after the book was changed.
    db.exec('UPDATE messages SET prepared = 1')
    // And one that had been killed right before it.
    db.exec(`INSERT INTO messages (id, sender, recipient, subject, source, queued_at, prepared)
      VALUES ('stray', 'a@b.example', 'c@d.example', 'Stray', x'78', '2026-11-28', 1)`)
    db.close()
    expect(await made.ok(DAY, 'outbox', 'list')).not.toContain('Stray')
    made.url = server.url
    await made.ok(DAY, 'outbox', 'send')
    expect(server.mails.map(({ to }) => to)).toEqual([['office@harbour.example']])
    await made.ok('2026-12-05', 'remind')
    expect(
      raw(made.folder, 'funnel.db.outbox/outbox.db', "SELECT id FROM messages WHERE id = 'stray'"),
    ).toEqual([])
    expect(server.mails).toHaveLength(2)
  })

  it('is not sent again by an older copy of the book', async () => {
    const server = await postOffice()
    const { ok, folder } = await shop(server.url)
    await ok(DAY, 'backup', 'old.db')
    await ok(DAY, 'remind')
    await ok(DAY, 'restore', 'old.db', '--yes')
    expect(sentReminders(folder)).toEqual([])
    expect(await ok(DAY, 'remind')).toContain('was sent to office@harbour.example before')
    expect(server.mails).toHaveLength(1)
    expect(sentReminders(folder)).toEqual(['1:1', '2:1'])
  })

  it('is sent once by runs at the same time', async () => {
    const server = await postOffice({
      onMailFrom: (_address, _session, done) => void setTimeout(done, 200),
    })
    const { ok, folder } = await shop()
    await ok(DAY, 'client', 'edit', '2', '--email', 'pier@nine.example')
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      FUNNEL_TODAY: '2026-12-01',
      FUNNEL_USER: 'ann',
      FUNNEL_SMTP_URL: server.url,
      FUNNEL_MAIL_FROM: FROM,
    }
    const codes = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = spawn(process.execPath, [BINARY, 'remind'], { cwd: folder, env })
        return ((await once(child, 'close')) as [number])[0]
      }),
    )
    expect(codes).toEqual([0, 0, 0, 0])
    expect(server.mails.map(({ to }) => String(to[0])).toSorted()).toEqual([
      'office@harbour.example',
      'pier@nine.example',
    ])
    expect(sentReminders(folder)).toEqual(['1:1', '2:1', '3:1'])
    await isSound(folder)
  }, 60_000)
})

/** The number of the last operation. */
async function lastOperation(ok: Shop['ok']): Promise<number> {
  const { operations } = JSON.parse(await ok(DAY, 'history', '--json')) as {
    operations: { id: number }[]
  }
  return operations[0]?.id ?? 0
}

describe('a book with reminders', () => {
  it('keeps them where a client is merged into another, and is found to be sound', async () => {
    const { ok, json, folder } = await shop()
    await ok('2026-12-01', 'remind', '--out', 'letters')
    await ok('2026-12-01', 'promise', 'add', '2026-0003', '--for', 'friday')
    await ok('2026-12-01', 'client', 'merge', '2', '1', '--yes')
    const { reminders } = await json<{ reminders: object[] }>('2026-12-01', 'reminder', 'list')
    expect(reminders).toHaveLength(3)
    expect(await json('2026-12-01', 'promise', 'list')).toMatchObject({
      promises: [{ number: '2026-0003', status: 'open' }],
    })
    await isSound(folder)
  })

  it('is not sound with reminders of drafts, too much promised, or more than all repetitions', async () => {
    const { ok, folder } = await shop()
    await ok(DAY, 'invoice', 'add', '1', '--line', 'Work @ 9')
    await ok(DAY, 'promise', 'add', '2026-0002', '--for', 'friday')
    await ok(DAY, 'invoice', 'repeat', 'add', '2026-0002', '--every', 'month')
    const db = new Database(path.join(folder, 'funnel.db'))
    db.exec(`INSERT INTO reminders (invoice_id, due_on, level, at, open, interest)
      VALUES (4, '2026-11-01', 1, '2026-11-05', 1, 0);
      UPDATE promises SET leaves = 1; UPDATE invoice_repeats SET times = 1, made = 2`)
    expect(() => db.exec("UPDATE invoice_repeats SET every = '1xd'")).toThrow('CHECK')
    db.close()
    const book = openBook(path.join(folder, 'funnel.db'))
    const found = await examineBook(book)
    book.close()
    expect(found.map(({ message }) => message)).toEqual([
      'invoice d4: it has reminders or promises, and was not issued',
      'promise 1: more is promised than the invoice comes to',
      'repeated invoice 1: more were made than there are to be',
    ])
  })
})

describe('promises', () => {
  it('stop reminders until their day, and are broken after it', async () => {
    const { ok, json, on } = await shop()
    await ok(DAY, 'promise', 'add', '2026-0001', '--for', '2026-12-04', '--amount', '1000')
    const due = async (today: string) =>
      (
        await json<{ reminders: { invoices: string }[] }>(
          today,
          'remind',
          '--dry-run',
          '--client',
          '1',
        )
      ).reminders.map(({ invoices }) => invoices)
    expect(await due(DAY)).toEqual(['2026-0002'])
    expect(await due('2026-12-04')).toEqual(['2026-0002'])
    expect(await due('2026-12-05')).toEqual(['2026-0001, 2026-0002'])
    const broken = (today: string) => on(today, 'check', '--max', 'broken-promises=0')
    expect((await broken('2026-12-04')).code).toBe(0)
    expect((await broken('2026-12-05')).code).toBe(1)
    expect(await ok('2026-12-05', 'today')).toContain('promised for 2026-12-04 and not paid')
    expect(await ok('2026-12-05', 'client', 'show', '1')).toContain('broken')
    const page = await json('2026-12-07', 'snapshot', '--period', '2026-W49')
    expect(page).toMatchObject({
      totals: { broken_promises: 1 },
      broken_promises: [{ number: '2026-0001', late: 3 }],
    })
    // Paid late, but as of Saturday it was broken.
    await ok('2026-12-08', 'payment', 'add', '1', '1000', '--for', '2026-0001')
    const status = async (...args: string[]) =>
      (
        await json<{ promises: { status: string }[] }>('2026-12-09', 'promise', 'list', ...args)
      ).promises.map((promise) => promise.status)
    expect(await status()).toEqual(['kept late'])
    expect(await status('--as-of', '2026-12-07')).toEqual(['broken'])
    expect(await status('--as-of', '2026-12-04')).toEqual(['open'])
    expect(await status('--as-of', '2026-11-27')).toEqual([])
    expect((await broken('2026-12-09')).code).toBe(0)
  })

  it('are kept by what was paid since, and replaced by a new one', async () => {
    const { ok, json } = await shop()
    await ok(DAY, 'payment', 'add', '1', '280', '--for', '2026-0001')
    await ok(DAY, 'promise', 'add', '2026-0001', '--for', '2026-12-01', '--amount', '4000')
    await ok('2026-12-02', 'promise', 'add', '2026-0001', '--for', '2026-12-09')
    await ok('2026-12-08', 'payment', 'add', '1', '9000', '--for', '2026-0001')
    await ok(DAY, 'promise', 'add', '2026-0002', '--for', '2026-12-01')
    await ok('2026-11-30', 'payment', 'add', '1', '1190', '--for', '2026-0002')
    const { promises } = await json<{ promises: object[] }>('2026-12-10', 'promise', 'list')
    expect(promises).toMatchObject([
      { number: '2026-0001', amount: 4000, status: 'replaced' },
      { number: '2026-0002', amount: 1190, status: 'kept' },
      { number: '2026-0001', amount: 9000, status: 'kept' },
    ])
  })

  it('say what they need, and can be deleted and undone', async () => {
    const { ok, on, json } = await shop()
    const err = async (...args: string[]) => (await on(DAY, 'promise', ...args)).err
    expect(await err('add', '2026-0001')).toContain('--for friday')
    expect(await err('add', '2026-0001', '--for', '2026-11-27')).toContain('is past')
    expect(await err('add', '2026-0002', '--for', 'friday', '--amount', '1190.01')).toContain(
      'more than the 1,190.00 EUR that are open',
    )
    expect(await err('delete', '7')).toContain('funnel promise list')
    await ok(DAY, 'promise', 'add', '2026-0001', '--for', 'friday')
    await ok(DAY, 'promise', 'delete', '1')
    await ok(DAY, 'undo')
    await ok(DAY, 'undo')
    expect(await json(DAY, 'promise', 'list')).toMatchObject({ promises: [] })
    await ok(DAY, 'payment', 'add', '1', '9280', '--for', '2026-0001')
    expect(await err('add', '2026-0001', '--for', 'friday')).toContain('is paid')
  })

  it('lose their words when the client is erased, and reminders stay as numbers', async () => {
    const { ok, on, folder } = await shop('smtp://127.0.0.1:9?timeout=1')
    await ok(DAY, 'promise', 'add', '2026-0001', '--for', 'friday', '--note', 'Kai Lund said so')
    await ok(DAY, 'remind', '--out', 'letters', '--client', '1')
    await ok(DAY, 'invoice', 'send', '2026-0001', '--out', 'harbour.txt')
    await ok(DAY, 'invoice', 'repeat', 'add', '2026-0002', '--every', 'month')
    const down = await on(DAY, 'invoice', 'send', '2026-0002', '--to', 'lund@harbour.example')
    expect(down.err).toContain('waits in the outbox')
    await ok(DAY, 'client', 'erase', '1', '--yes')
    expect(await ok(DAY, 'outbox', 'list')).toContain('No mail waits')
    const outbox = path.join(folder, 'funnel.db.outbox')
    for (const name of readdirSync(outbox)) {
      expect(readFileSync(path.join(outbox, name)).includes('harbour.example')).toBe(false)
    }
    const bytes = readFileSync(path.join(folder, 'funnel.db')).toString('latin1')
    expect(['Kai Lund', 'harbour.txt'].filter((word) => bytes.includes(word))).toEqual([])
    expect(sentReminders(folder)).toEqual(['2:1'])
    expect(raw(folder, 'funnel.db', 'SELECT id FROM invoice_repeats')).toEqual([])
    await isSound(folder)
  })
})

describe('repeated invoices', () => {
  it('are drafts, one for each period, however often and late they are made', async () => {
    const { ok, json, folder } = await shop()
    await ok(
      DAY,
      'invoice',
      'add',
      '1',
      '--line',
      '10 h Care @ 50 -10%',
      '--from',
      '2026-10-01',
      '--until',
      '2026-10-31',
    )
    await ok(DAY, 'invoice', 'issue', 'd4', '--on', '2026-10-31')
    // The 30th of November is still to come.
    expect(await ok(DAY, 'invoice', 'repeat', 'add', '2026-0004', '--every', 'month')).toContain(
      'the next draft is due on 2026-11-30',
    )
    expect(await ok(DAY, 'invoice', 'repeat', 'run')).toBe('no draft is due\n')
    const { drafts } = await json<{ drafts: object[] }>('2027-02-28', 'invoice', 'repeat', 'run')
    expect(drafts).toMatchObject([
      { day: '2026-11-30', service_from: '2026-11-01', service_to: '2026-11-30' },
      { day: '2026-12-31', service_from: '2026-12-01', service_to: '2026-12-31' },
      { day: '2027-01-31', service_from: '2027-01-01', service_to: '2027-01-31' },
      { day: '2027-02-28', service_from: '2027-02-01', service_to: '2027-02-28' },
    ])
    expect(await ok('2027-02-28', 'invoice', 'repeat', 'run')).toBe('no draft is due\n')
    expect(await json('2027-02-28', 'invoice', 'show', 'd8')).toMatchObject({ gross: 535.5 })
    expect(await json('2027-02-28', 'invoice', 'repeat', 'list')).toMatchObject({
      repeats: [{ name: '2026-0004', every: 'month', next: '2027-03-31', status: 'running' }],
    })
    // A draft that is deleted is not made again; an undone run is.
    await ok('2027-02-28', 'invoice', 'delete', 'd8')
    expect(await ok('2027-02-28', 'invoice', 'repeat', 'run')).toBe('no draft is due\n')
    await ok('2027-02-28', 'undo')
    await ok('2027-02-28', 'undo')
    expect(await ok('2027-02-28', 'invoice', 'repeat', 'run')).toContain('made 4 drafts')
    await isSound(folder)
  })

  it('end after their times or by a day, when they are stopped, or their invoice is void', async () => {
    const { ok, on, json } = await shop()
    const add = (number: string, ...more: string[]) =>
      ok(DAY, 'invoice', 'repeat', 'add', number, '--every', 'month', ...more)
    await add('2026-0001', '--times', '1')
    await add('2026-0002', '--until', '2027-01-21')
    await add('2026-0003')
    const twice = await on(DAY, 'invoice', 'repeat', 'add', '2026-0003', '--every', 'week')
    expect(twice.err).toContain('funnel invoice repeat stop 3')
    await ok(DAY, 'invoice', 'void', '2026-0003', '--reason', 'wrong')
    const { drafts } = await json<{ drafts: { of: string; day: string }[] }>(
      '2027-06-01',
      'invoice',
      'repeat',
      'run',
    )
    expect(drafts.map(({ of, day }) => `${of} ${day}`)).toEqual([
      '2026-0001 2026-12-01',
      '2026-0002 2026-12-21',
      '2026-0002 2027-01-21',
    ])
    await ok(DAY, 'invoice', 'repeat', 'stop', '2')
    const { repeats } = await json<{ repeats: object[] }>(DAY, 'invoice', 'repeat', 'list')
    expect(repeats).toMatchObject([
      { id: 1, status: 'done', left: 0, next: null },
      { id: 2, status: 'stopped', next: null },
      { id: 3, status: 'void', next: null },
    ])
    expect((await on(DAY, 'invoice', 'repeat', 'stop', '2')).err).toContain('was stopped on')
    expect((await on(DAY, 'invoice', 'repeat', 'add', '2026-0001')).err).toContain('--every month')
  })

  it('can be made of a draft, and end with it', async () => {
    const { ok, json } = await shop()
    await ok(DAY, 'invoice', 'add', '2', '--line', 'Rent @ 100')
    await ok(DAY, 'invoice', 'repeat', 'add', 'd4', '--every', 'quarter')
    await ok(DAY, 'invoice', 'delete', 'd4')
    expect(await json(DAY, 'invoice', 'repeat', 'list')).toMatchObject({ repeats: [] })
  })
})
