import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { call } from '../support/call.ts'
import { type Outcome, temporaryFolder } from '../support/funnel.ts'
import { postOffice } from '../support/post-office.ts'

interface Shop {
  folder: string
  on: (...args: string[]) => Promise<Outcome>
  ok: (...args: string[]) => Promise<string>
  json: <T = Record<string, unknown>>(...args: string[]) => Promise<T>
}

/** A book with two deals of Harbour Foods, an offer made of each; Pier Nine has no address. */
async function shop(url: string): Promise<Shop> {
  const folder = temporaryFolder()
  const on = (...args: string[]): Promise<Outcome> =>
    call(folder, args, {
      FUNNEL_TODAY: '2026-11-28',
      FUNNEL_USER: 'ann',
      FUNNEL_SMTP_URL: url,
      FUNNEL_MAIL_FROM: 'Ann Lee <ann@lee.example>',
    })
  const ok = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await on(...args)
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`)
    return out
  }
  for (const args of [
    ['init', '--currency', 'EUR', '--timezone', 'UTC'],
    ['company', 'set', '--name', 'Ann Lee', '--street', 'Weg 1', '--town', 'Berlin'],
    ['client', 'add', 'Harbour Foods', '--town', 'Bonn', '--email', 'office@harbour.example'],
    ['client', 'add', 'Pier Nine', '--town', 'Bonn'],
    ['deal', 'add', 'harbour', 'Cold store', '--amount', '9000'],
    ['deal', 'add', 'harbour', 'Service', '--amount', '900'],
    ['deal', 'add', 'pier', 'Winch', '--amount', '90'],
    ['proposal', 'make', '1', '--format', 'html'],
    ['proposal', 'make', '2', '--format', 'html'],
    ['proposal', 'make', '3', '--format', 'html'],
  ]) {
    await ok(...args)
  }
  return {
    folder,
    on,
    ok,
    json: async (...args) => JSON.parse(await ok(...args, '--json')) as never,
  }
}

describe('sending a proposal', () => {
  it('mails its file, keeps it byte for byte, and writes it down with client and deal', async () => {
    const { mails, url } = await postOffice()
    const { ok, on, json, folder } = await shop(url)
    expect(await ok('proposal', 'send', '1', '--dry-run')).toContain('To: office@harbour.example')
    const out = await ok('proposal', 'send', '1')
    expect(out).toContain('sent to office@harbour.example: Proposal P-2026-0001: Cold store')
    expect(out).toContain('deal 1 is still in Qualification; to move it on: funnel advance 1')
    const [sent] = mails
    const [file] = sent?.mail.attachments ?? []
    expect(file?.filename).toBe('P-2026-0001-Harbour-Foods.html')
    expect(sent?.mail.text).toContain('our proposal P-2026-0001 for 9,000.00 EUR')
    // Whatever changes afterwards, what was sent comes back.
    await ok('company', 'set', '--name', 'Ann Lee Ltd')
    await ok('settings', 'set', 'document-color', '#aa0000')
    await ok('proposal', 'show', '1', '--out', 'again.html')
    expect(readFileSync(path.join(folder, 'again.html'))).toEqual(file?.content)
    expect(await json('proposal', 'show', '1')).toMatchObject({
      status: 'sent',
      sent_on: '2026-11-28',
      events: [{ kind: 'made' }, { kind: 'sent', note: 'to office@harbour.example' }],
    })
    expect(await ok('client', 'show', '1')).toContain('Sent proposal P-2026-0001/1')
    expect(await json('interaction', 'list', '--client', '1')).toMatchObject({
      interactions: [{ kind: 'mailing', deal_id: 1 }],
    })
    const { operations } = await json<{ operations: { id: number; command: string }[] }>('history')
    const sending = operations.find(({ command }) => command.includes('proposal send'))
    const refused = await on('undo', String(sending?.id))
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('left the outbox') })
    const again = await on('proposal', 'send', '1')
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('--again')])
    expect(mails).toHaveLength(1)
    await ok('proposal', 'send', '1', '--again')
    expect(mails).toHaveLength(2)
  })

  it('sends several, each once, and names those without an address', async () => {
    const { mails, url } = await postOffice()
    const { ok, json } = await shop(url)
    const sent = await json<{ proposals: { number: string }[]; without_address: string[] }>(
      'proposal',
      'send',
      '1',
      '2',
      '1',
      '3',
    )
    expect(sent.proposals.map(({ number }) => number)).toEqual(['P-2026-0001', 'P-2026-0002'])
    expect(sent.without_address).toEqual(['Pier Nine'])
    expect(mails).toHaveLength(2)
    expect(await ok('proposal', 'list', '--status', 'draft')).toContain('P-2026-0003')
  })

  it('waits in the outbox while the server is down, and an undo takes it out again', async () => {
    const { ok, on, json } = await shop('smtp://127.0.0.1:9?timeout=1')
    const { code } = await on('proposal', 'send', '1')
    expect(code).toBe(1)
    expect(await json('proposal', 'list', '--sent')).toMatchObject({ proposals: [{ id: 1 }] })
    expect(await ok('outbox', 'list')).toContain('office@harbour.example')
    await ok('undo')
    expect(await ok('outbox', 'list')).not.toContain('office@harbour.example')
    expect(await json('proposal', 'list', '--sent')).toMatchObject({ proposals: [] })
    expect(await json('document', 'list')).toMatchObject({ documents: [] })
  })
})
