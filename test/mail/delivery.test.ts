import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import Database from 'better-sqlite3'
import { simpleParser } from 'mailparser'
import { describe, expect, it, onTestFinished } from 'vitest'
import { call } from '../support/call.ts'
import { BINARY, TODAY } from '../support/funnel.ts'
import { brokenServer, postOffice, refusal } from '../support/post-office.ts'
import { office, SEND, withOffices } from './office.ts'

withOffices()

describe('a snapshot by mail', () => {
  it('has both parts, the subject, and the figures of the page', async () => {
    const { post, run } = office()
    const server = await postOffice()
    expect(await post(server.url, ...SEND)).toMatchObject({ code: 0, err: '' })
    expect(server.mails).toHaveLength(1)
    const [{ mail, to, from } = { mail: undefined, to: [], from: '' }] = server.mails
    expect([from, to]).toEqual(['funnel@firm.example', ['ann@firm.example']])
    expect(mail?.subject).toBe(
      'Funnel 2026-W47: 1 won (9,000 EUR), 1 lost · 1 open (12,500 EUR), 1 fewer',
    )
    expect(mail?.messageId).toMatch(/^<[0-9a-f]{40}@funnel\.invalid>$/)
    const { won, totals } = JSON.parse((await run('snapshot', '--json')).out) as {
      won: { deal: string; client: string }[]
      totals: { amount_won: number; profit_won: number }
    }
    expect(totals).toMatchObject({ won: 1, lost: 1, amount_won: 9000, profit_won: 4000 })
    for (const text of ['Cold store', '9,000', '4,000', 'Winch', 'no budget', '12,500']) {
      expect(mail?.text).toContain(text)
      expect(mail?.html).toContain(text)
    }
    expect(won).toMatchObject([{ deal: 'Cold store', client: 'Harbour <Foods> & Co' }])
    expect(mail?.text).toContain('Harbour <Foods> & Co')
    expect(mail?.html).toContain('Harbour &lt;Foods&gt; &amp; Co')
    for (const line of (mail?.text ?? '').split('\n')) expect(line.length).toBeLessThan(998)
  })

  it('goes to a domain with letters beyond ASCII by the name that mail servers know', async () => {
    const { post } = office()
    const server = await postOffice()
    const sent = await post(server.url, 'snapshot', '--mail-to', 'Zoë <post@müller.de>')
    expect(sent).toMatchObject({ code: 0, err: '' })
    // The server of this test writes the domain as people do again.
    expect(server.mails.map(({ to }) => to)).toEqual([['post@müller.de']])
    expect(server.mails[0]?.source).toMatch(/^To: .*<post@xn--mller-kva\.de>\r$/m)
  })

  it('is sent to each once, however often it is asked for', async () => {
    const { post } = office()
    const server = await postOffice()
    await post(server.url, ...SEND)
    const again = await post(server.url, ...SEND, '--mail-to', 'bo@firm.example', '--json')
    expect(JSON.parse(again.out)).toMatchObject({
      sent: [{ to: 'bo@firm.example' }],
      already: ['ann@firm.example'],
    })
    await post(server.url, ...SEND, '--again')
    await post(server.url, ...SEND, '--period', '2026-W46')
    expect(server.mails.map(({ to }) => to[0])).toEqual([
      'ann@firm.example',
      'bo@firm.example',
      'ann@firm.example',
      'ann@firm.example',
    ])
    expect(new Set(server.mails.map(({ mail }) => mail.messageId)).size).toBe(4)
  })

  it('is sent once by runs at the same time', async () => {
    const { folder } = office()
    const server = await postOffice()
    const env = { ...process.env, FUNNEL_TODAY: TODAY, FUNNEL_SMTP_URL: server.url }
    const codes = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = spawn(process.execPath, [BINARY, ...SEND], { cwd: folder, env })
        const [code] = (await once(child, 'close')) as [number]
        return code
      }),
    )
    expect(codes).toEqual([0, 0, 0, 0])
    expect(server.mails).toHaveLength(1)
  })

  it('says of each run’s own mail what became of it, whichever run sent it', async () => {
    const { folder } = office()
    // Slow enough for the second run to find the first one at it.
    const server = await postOffice({
      onMailFrom: (_address, _session, done) => void setTimeout(done, 400),
    })
    const env = { ...process.env, FUNNEL_TODAY: TODAY, FUNNEL_SMTP_URL: server.url }
    const people = ['ann', 'bo', 'cy'].map((name) => `${name}@firm.example`)
    const told = await Promise.all(
      people.map(async (to) => {
        const child = spawn(process.execPath, [BINARY, 'snapshot', '--mail-to', to], {
          cwd: folder,
          env,
        })
        let out = ''
        child.stdout.on('data', (part: Buffer) => (out += part.toString()))
        await once(child, 'close')
        return out
      }),
    )
    people.forEach((to, index) => {
      const own = (told[index] ?? '').split('\n').filter((line) => line.includes(to))
      expect(own).toEqual([expect.stringMatching(/^(sent to|queued for) /)])
    })
    expect(told.join('')).not.toContain('nothing waits')
    const sent = server.mails.map(({ to }) => to[0])
    expect(new Set(sent)).toEqual(new Set(people))
    expect(sent).toHaveLength(people.length)
  })

  it('waits for a run that is sending, but not for long', async () => {
    const { folder, post, run } = office()
    const server = await postOffice()
    await post('smtp://127.0.0.1:9?timeout=1', ...SEND)
    await post(server.url, 'outbox', 'send')
    const held = new Database(path.join(folder, 'funnel.db.outbox', 'lock.db'))
    onTestFinished(() => void held.close())
    held.exec('BEGIN EXCLUSIVE')
    const began = performance.now()
    const told = await post(server.url, ...SEND, '--again')
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(told).toMatchObject({ code: 0, err: '' })
    expect(told.out).toBe(
      'queued for ann@firm.example: another run is sending, and sends this as well\n',
    )
    expect(server.mails).toHaveLength(1)
    expect((await run('outbox', 'list')).out).toContain('ann@firm.example')
  })

  it('follows no link for its outbox', async () => {
    const { folder, post } = office()
    const elsewhere = path.join(folder, 'elsewhere')
    mkdirSync(elsewhere, { mode: 0o755 })
    symlinkSync(elsewhere, path.join(folder, 'funnel.db.outbox'))
    for (const words of [SEND, ['outbox', 'list']]) {
      const told = await post('smtp://127.0.0.1:9?timeout=1', ...words)
      expect(told.code).not.toBe(0)
      expect(told.err).toContain('a link to elsewhere')
    }
    expect(statSync(elsewhere).mode & 0o777).toBe(0o755)
    expect(readdirSync(elsewhere)).toEqual([])
  })

  it('has one outbox, by whichever link the book is reached', async () => {
    const { folder, post } = office()
    const server = await postOffice()
    symlinkSync(path.join(folder, 'funnel.db'), path.join(folder, 'link.db'))
    await post(server.url, ...SEND)
    expect(await post(server.url, '--book', 'link.db', ...SEND)).toMatchObject({ code: 0 })
    expect(server.mails).toHaveLength(1)
    expect(existsSync(path.join(folder, 'link.db.outbox'))).toBe(false)
  })

  it('says what is wrong with an outbox that is none', async () => {
    const { folder, post } = office()
    const outbox = path.join(folder, 'funnel.db.outbox')
    writeFileSync(outbox, 'junk')
    const file = await post('smtp://127.0.0.1:9?timeout=1', ...SEND)
    expect([file.code, file.err]).toEqual([1, expect.stringContaining('is a file')])
    rmSync(outbox)
    mkdirSync(outbox)
    writeFileSync(path.join(outbox, 'outbox.db'), 'junk '.repeat(1000))
    const damaged = await post('smtp://127.0.0.1:9?timeout=1', ...SEND)
    expect([damaged.code, damaged.err]).toEqual([1, expect.stringContaining('is damaged')])
  })

  it('is no mail where nothing happened, but what waits goes out', async () => {
    const { post } = office()
    await post('smtp://127.0.0.1:9?timeout=1', ...SEND)
    const server = await postOffice()
    const quiet = ['--if-changed', '--period', '2026-W30', '--mail-to', 'bo@firm.example']
    expect(await post(server.url, 'snapshot', ...quiet, '--quiet')).toEqual({
      code: 0,
      out: '',
      err: '',
    })
    expect(server.mails.map(({ to }) => to[0])).toEqual(['ann@firm.example'])
  })

  it('can be a file', async () => {
    const { folder, run } = office()
    expect(await run(...SEND, '--out', 'page.eml')).toMatchObject({ code: 0 })
    const mail = await simpleParser(readFileSync(path.join(folder, 'page.eml')))
    expect(mail.text).toContain('Cold store')
    expect(mail.html).toContain('Cold store')
    expect(existsSync(path.join(folder, 'funnel.db.outbox'))).toBe(false)
  })

  it('can go through sendmail', async () => {
    const { folder } = office()
    const program = path.join(folder, 'sendmail')
    writeFileSync(program, `#!/bin/sh\necho "$@" > ${folder}/args\ncat > ${folder}/mail\n`)
    chmodSync(program, 0o700)
    const env = { FUNNEL_SENDMAIL: program, FUNNEL_MAIL_FROM: 'funnel@firm.example' }
    expect(await call(folder, [...SEND, '--sendmail'], env)).toMatchObject({ code: 0 })
    expect(readFileSync(path.join(folder, 'args'), 'utf8')).toContain('ann@firm.example')
    const mail = await simpleParser(readFileSync(path.join(folder, 'mail')))
    expect(mail.html).toContain('Cold store')
    writeFileSync(program, '#!/bin/sh\nexit 75\n')
    const failed = await call(folder, [...SEND, '--sendmail', '--again'], env)
    expect(failed).toMatchObject({ code: 1 })
    expect(failed.err).toContain('waits in the outbox')
  })
})

describe('a server that does not take the mail', () => {
  const GREETING = '220 here\r\n'
  /** Speaks SMTP as far as the message, then does what it is told to. */
  const until = (end: (data: () => void) => void) => (): Promise<string> =>
    brokenServer((socket) => {
      socket.write(GREETING)
      socket.on('data', (part: Buffer) => {
        const line = part.toString()
        if (line.startsWith('EHLO')) socket.write('250 here\r\n')
        else if (line.startsWith('DATA')) {
          socket.write('354 go on\r\n')
          end(() => socket.destroy())
        } else if (/^(MAIL|RCPT)/.test(line)) socket.write('250 yes\r\n')
      })
    })

  const SERVERS: [how: string, start: () => Promise<string>, said: string][] = [
    [
      'refuses the recipient',
      async () =>
        (
          await postOffice({
            onRcptTo: (_address, _session, done) => done(refusal(450, 'come back later')),
          })
        ).url,
      'come back later',
    ],
    [
      'refuses the message',
      async () =>
        (
          await postOffice({
            onData(stream, _session, done) {
              stream.resume()
              stream.on('end', () => done(refusal(452, 'too much')))
            },
          })
        ).url,
      'too much',
    ],
    ['is not there', async () => 'smtp://127.0.0.1:9?timeout=1', 'refused the connection'],
    ['hangs before it says a word', () => brokenServer(() => undefined), 'did not answer in time'],
    ['hangs in the middle', until(() => undefined), 'did not answer in time'],
    ['dies in the middle', until((die) => die()), 'connection'],
  ]

  it.each(SERVERS)(
    '%s: the mail waits, and the next run sends exactly one',
    async (_how, start, said) => {
      const { folder, post, run } = office()
      const failed = await post(await start(), ...SEND, '--quiet')
      expect(failed).toMatchObject({ code: 1, out: '' })
      expect((await post('smtp://127.0.0.1:9?timeout=1', 'outbox', 'send')).out).toBe('')
      expect(failed.err).toContain(said)
      expect(failed.err.trim().split('\n')).toHaveLength(1)
      const { messages } = JSON.parse((await run('outbox', 'list', '--json')).out) as {
        messages: { to: string; tries: number }[]
      }
      expect(messages).toMatchObject([{ to: 'ann@firm.example', tries: 2 }])
      const box = path.join(folder, 'funnel.db.outbox')
      expect(statSync(box).mode & 0o777).toBe(0o700)
      for (const name of readdirSync(box)) {
        expect(statSync(path.join(box, name)).mode & 0o777).toBe(0o600)
      }
      const server = await postOffice()
      expect(await post(server.url, ...SEND)).toMatchObject({ code: 0 })
      expect(await post(server.url, 'outbox', 'send')).toMatchObject({ code: 0 })
      expect(server.mails).toHaveLength(1)
      expect((await run('outbox', 'list')).out).toContain('No mail waits')
    },
  )

  it('keeps one to a wrong address until it is dropped, and sends the others', async () => {
    const { post, run } = office()
    const server = await postOffice({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('nobody') ? refusal(450, 'no such box yet') : null),
    })
    const both = ['--mail-to', 'nobody@firm.example', '--mail-to', 'bo@firm.example']
    expect(await post(server.url, 'snapshot', ...both)).toMatchObject({ code: 1 })
    expect(server.mails.map(({ to }) => to[0])).toEqual(['bo@firm.example'])
    expect(await run('outbox', 'drop', '1')).toMatchObject({ code: 0 })
    expect(await post(server.url, 'outbox', 'send')).toMatchObject({ code: 0 })
    expect(await run('outbox', 'drop', '1')).toMatchObject({ code: 3 })
  })
})
