import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { call } from '../support/call.ts'
import { postOffice, refusal } from '../support/post-office.ts'
import { office, SEND, withOffices } from './office.ts'

withOffices()

interface Listed {
  messages: { number: number; to: string; state: string; tries: number; error: string }[]
}

const BOTH = ['snapshot', '--mail-to', 'nobody@firm.example', '--mail-to', 'bo@firm.example']

describe('a mail that its server refuses', () => {
  it.each([
    ['its recipient', 550, 'no such user'],
    ['its recipient', 551, 'not here'],
    ['its recipient', 553, 'no such name'],
  ])('for %s with %i has failed, and is not tried again by itself', async (_what, code, text) => {
    const { post, run } = office()
    const tried: string[] = []
    const server = await postOffice({
      onRcptTo({ address }, _session, done) {
        tried.push(address)
        done(address.startsWith('nobody') ? refusal(code, text) : null)
      },
    })
    const sent = await post(server.url, ...BOTH, '--quiet')
    expect(sent).toMatchObject({ code: 1, out: '' })
    expect(sent.err.trim().split('\n')).toHaveLength(1)
    expect(sent.err).toContain('the mail to nobody@firm.example was refused for good')
    expect(sent.err).toContain(text)
    expect(server.mails.map(({ to }) => to[0])).toEqual(['bo@firm.example'])

    const { messages } = JSON.parse((await run('outbox', 'list', '--json')).out) as Listed
    expect(messages).toMatchObject([{ to: 'nobody@firm.example', state: 'failed', tries: 1 }])
    expect(messages[0]?.error).toContain(text)
    expect((await run('outbox', 'list')).out).toContain('failed')

    // Another mail of the book goes out, and takes nothing of what failed along.
    expect(await post(server.url, ...SEND)).toMatchObject({ code: 0 })
    expect(await post(server.url, 'outbox', 'send')).toMatchObject({ code: 0 })
    expect(tried.filter((address) => address.startsWith('nobody'))).toHaveLength(1)

    // The same page once more says so, and does not ask the server.
    const same = await post(server.url, ...BOTH)
    expect(same).toMatchObject({ code: 1 })
    expect(same.err).toContain('was refused for good before')
    expect(tried.filter((address) => address.startsWith('nobody'))).toHaveLength(1)

    const mended = await postOffice()
    expect(await post(mended.url, 'outbox', 'send', '--failed')).toMatchObject({ code: 0 })
    expect(mended.mails.map(({ to }) => to[0])).toEqual(['nobody@firm.example'])
    expect((await run('outbox', 'list')).out).toContain('No mail waits')
  })

  it('for its text with 554 has failed; it can be dropped', async () => {
    const { post, run } = office()
    const server = await postOffice({
      onData(stream, _session, done) {
        stream.resume()
        stream.on('end', () => done(refusal(554, 'looks like spam')))
      },
    })
    expect((await post(server.url, ...SEND)).err).toContain('looks like spam')
    const { messages } = JSON.parse((await run('outbox', 'list', '--json')).out) as Listed
    expect(messages).toMatchObject([{ number: 1, state: 'failed' }])
    expect(await run('outbox', 'drop', '1')).toMatchObject({ code: 0 })
    expect((await run('outbox', 'list')).out).toContain('No mail waits')
  })

  it.each([421, 450, 451, 452])('for now, with %i, waits', async (code) => {
    const { post, run } = office()
    const server = await postOffice({
      onRcptTo: (_address, _session, done) => done(refusal(code, 'later')),
    })
    expect(await post(server.url, ...SEND)).toMatchObject({ code: 1 })
    const { messages } = JSON.parse((await run('outbox', 'list', '--json')).out) as Listed
    expect(messages).toMatchObject([{ state: 'waiting', tries: 1 }])
  })

  it('because the account is not known waits: that is no fault of the mail', async () => {
    const { post, run } = office()
    const server = await postOffice({
      onMailFrom: (_address, _session, done) => done(refusal(530, 'Authentication required')),
    })
    expect(await post(server.url, ...SEND)).toMatchObject({ code: 1 })
    const { messages } = JSON.parse((await run('outbox', 'list', '--json')).out) as Listed
    expect(messages).toMatchObject([{ state: 'waiting' }])
  })

  it('is kept in an outbox of the first release too', async () => {
    const { folder, post, run } = office()
    await post('smtp://127.0.0.1:9?timeout=1', ...SEND)
    const file = path.join(folder, 'funnel.db.outbox', 'outbox.db')
    const raw = new Database(file)
    raw.exec('ALTER TABLE messages DROP COLUMN failed_at')
    raw.close()
    const { messages } = JSON.parse((await run('outbox', 'list', '--json')).out) as Listed
    expect(messages).toMatchObject([{ to: 'ann@firm.example', state: 'waiting' }])
    const server = await postOffice()
    expect(await post(server.url, 'outbox', 'send')).toMatchObject({ code: 0 })
    expect(server.mails).toHaveLength(1)
  })
})

describe('the sender of a mail', () => {
  const from = async (env: Record<string, string>): Promise<[number | null, string]> => {
    const { folder } = office()
    const server = await postOffice({ onAuth: (_auth, _session, done) => done(null, { user: 1 }) })
    const url = env.FUNNEL_SMTP_URL?.replace('PORT', String(server.port)) ?? server.url
    const { code, err } = await call(folder, SEND, { ...env, FUNNEL_SMTP_URL: url })
    return [code, server.mails[0]?.from ?? err]
  }

  it('is who FUNNEL_MAIL_FROM names', async () => {
    const named = { FUNNEL_MAIL_FROM: 'Desk <desk@firm.example>' }
    expect(await from(named)).toEqual([0, 'desk@firm.example'])
  })

  it('is never the one who gets it: this machine’s user by its own server', async () => {
    const [code, sender] = await from({})
    expect(code).toBe(0)
    expect(sender).toContain('@')
    expect(sender).not.toBe('ann@firm.example')
  })

  it('is asked for where a server elsewhere is to send', async () => {
    const [code, err] = await from({ FUNNEL_SMTP_URL: 'smtps://mail.example.invalid' })
    expect(code).toBe(2)
    expect(err).toContain('it is not known from which address to send')
    expect(err).toContain('FUNNEL_MAIL_FROM')
  })
})
