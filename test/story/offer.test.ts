import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { call } from '../support/call.ts'
import { temporaryFolder } from '../support/funnel.ts'
import { postOffice } from '../support/post-office.ts'

/*
 * Ann offers a cold store, comes down with the price, and is paid late:
 * version 1: 3 × 1,249.99             = 3,749.97, 19 % tax 712.49
 * version 2: 3 × 1,249.99 − 5 %       = 3,562.47 (3,562.4715), 19 % tax 676.87
 * accepted with the transport, 400.00 = 3,962.47, 19 % tax 752.87 (752.8693), 4,715.34 in all
 */
it('an offer in two versions is accepted with an option, billed, reminded of and paid', async () => {
  const { mails, url } = await postOffice()
  const folder = temporaryFolder()
  const on = (day: string, ...args: string[]) =>
    call(folder, args, {
      FUNNEL_TODAY: day,
      FUNNEL_USER: 'ann',
      FUNNEL_SMTP_URL: url,
      FUNNEL_MAIL_FROM: 'Ann Lee <ann@lee.example>',
    })
  const ok = async (day: string, ...args: string[]): Promise<string> => {
    const { code, out, err } = await on(day, ...args)
    if (code !== 0) throw new Error(`funnel ${args.join(' ')}: ${err}`)
    return out
  }
  const json = async (day: string, ...args: string[]): Promise<Record<string, unknown>> =>
    JSON.parse(await ok(day, ...args, '--json')) as never

  const monday = '2026-10-05'
  await ok(monday, 'init', '--currency', 'EUR', '--timezone', 'Europe/Berlin')
  await ok(monday, 'company', 'set', '--name', 'Ann Lee', '--street', 'Weg 1', '--town', 'Berlin')
  await ok(monday, 'company', 'set', '--postcode', '10115', '--country', 'DE')
  await ok(monday, 'company', 'set', '--vat-id', 'DE136695976', '--email', 'ann@lee.example')
  await ok(monday, 'bank', 'account', 'add', 'Main', '--iban', 'DE89370400440532013000')
  await ok(monday, 'tax', 'add', 'Standard', '19%')
  await ok(monday, 'terms', 'add', '14 days', '--days', '14')
  await ok(monday, 'product', 'add', 'Cold room', '--code', 'CR-20', '--price', '1249.99')
  await ok(monday, 'client', 'add', 'Harbour Foods', '--email', 'office@harbour.example')
  await ok(monday, 'client', 'edit', '1', '--street', 'Kai 5', '--postcode', '20457')
  await ok(monday, 'client', 'edit', '1', '--town', 'Hamburg', '--country', 'DE')
  await ok(monday, 'deal', 'add', 'harbour', 'Cold store')
  await ok(monday, 'deal', 'line', 'add', '1', 'CR-20', '--quantity', '3')
  const transport = ['--text', 'Transport', '--price', '400', '--optional']
  await ok(monday, 'deal', 'line', 'add', '1', ...transport)
  for (const day of ['2026-10-05', '2026-10-06', '2026-10-07']) await ok(day, 'advance', '1')

  const first = await json('2026-10-07', 'proposal', 'make', '1', '--valid', '14d')
  expect(first).toMatchObject({ number: 'P-2026-0001', version: 1, net: 3749.97, tax: 712.49 })
  await ok('2026-10-07', 'proposal', 'send', '1')
  expect(await ok('2026-10-15', 'today')).toContain('P-2026-0001')

  await ok('2026-10-16', 'deal', 'line', 'edit', '1', '1', '--discount', '5%')
  const second = await json('2026-10-16', 'proposal', 'make', '1', '--valid', '14d')
  expect(second).toMatchObject({ version: 2, net: 3562.47, tax: 676.87, gross: 4239.34 })
  expect(await json('2026-10-16', 'proposal', 'diff', '1', '1', '2')).toMatchObject({
    changes: [{ change: 'changed', line: 1, difference: -187.5 }],
  })
  await ok('2026-10-16', 'proposal', 'send', '1')
  expect((await on('2026-10-20', 'proposal', 'accept', '1/1')).err).toContain('was superseded')
  const accepted = await json('2026-10-20', 'proposal', 'accept', '1', '--option', '2')
  expect(accepted).toMatchObject({ amount: 3962.47, stage: 'Decision', draft: 'd1' })

  await ok('2026-10-20', 'invoice', 'issue', 'd1')
  expect(await json('2026-10-20', 'invoice', 'show', '2026-0001')).toMatchObject({
    net: 3962.47,
    tax: 752.87,
    gross: 4715.34,
    open: 4715.34,
    due_on: '2026-11-03',
  })
  await ok('2026-10-20', 'invoice', 'send', '2026-0001')
  expect(await json('2026-11-12', 'remind')).toMatchObject({ letters: [{ level: 1 }] })
  await ok('2026-11-16', 'payment', 'add', 'harbour', '4715.34', '--for', '2026-0001')
  expect(await json('2026-11-16', 'invoice', 'show', '2026-0001')).toMatchObject({
    status: 'paid',
    open: 0,
  })

  // Two offers, an invoice and a reminder went out, and each can be had again as it was.
  const offers = mails.slice(0, 2).map(({ mail }) => mail.attachments[0]?.filename)
  expect(offers).toEqual(['P-2026-0001-Harbour-Foods.pdf', 'P-2026-0001-v2-Harbour-Foods.pdf'])
  expect(mails).toHaveLength(4)
  await ok('2026-11-16', 'proposal', 'show', '1/1', '--out', 'first.pdf')
  expect(readFileSync(path.join(folder, 'first.pdf'))).toEqual(
    mails[0]?.mail.attachments[0]?.content,
  )
  const { totals } = await json('2026-11-16', 'report', 'proposals', '--period', '2026-Q4')
  // Sent on the 7th, accepted on the 20th; 1 − 3,562.47 / 3,749.97 = 0.0500.
  expect(totals).toMatchObject({
    made: 1,
    accepted: 1,
    share: 1,
    median_days: 13,
    discount: expect.closeTo(0.05, 4),
  })
  expect(await ok('2026-11-16', 'doctor')).toContain('is sound')
})
