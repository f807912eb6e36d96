import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { compose } from '../../src/mail/message.ts'
import { call } from '../support/call.ts'
import { TODAY } from '../support/funnel.ts'
import { brokenServer, postOffice } from '../support/post-office.ts'
import { office, SEND, withOffices } from './office.ts'

withOffices()

describe('what is secret', () => {
  const SECRET = 'h3rring-and-tar'

  it('is never told, whatever the server says', async () => {
    const { folder, post } = office()
    const server = await postOffice({
      authMethods: ['PLAIN', 'LOGIN'],
      onAuth: ({ password }, _session, done) => done(new Error(`not ${password}`)),
    })
    const url = server.url.replace('//', `//ann:${SECRET}@`)
    const told = await post(url, ...SEND)
    expect(told).toMatchObject({ code: 1 })
    expect(told.err).toContain('did not take user and password')
    for (const text of [told.err, (await post(url, 'outbox', 'list')).out]) {
      expect(text).not.toContain(SECRET)
      expect(text).not.toContain(Buffer.from(SECRET).toString('base64'))
    }
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    for (const file of files) {
      if (!file.isFile()) continue
      const bytes = readFileSync(path.join(file.parentPath, file.name))
      expect(bytes.includes(SECRET)).toBe(false)
    }
    const broken = await post(`smtp://ann:${SECRET}@mail.example:x`, ...SEND)
    expect(broken).toMatchObject({ code: 2 })
    expect(broken.err).not.toContain(SECRET)
  })

  /** Takes no login, or no recipient, and repeats the line of AUTH as `repeat` writes it. */
  const parrot = (repeat: (line: string) => string, takes = false): Promise<string> =>
    brokenServer((socket) => {
      let line = ''
      socket.write('220 here\r\n')
      socket.on('data', (part: Buffer) => {
        const said = part.toString().trim()
        if (said.startsWith('EHLO')) socket.write('250-here\r\n250 AUTH PLAIN\r\n')
        else if (said.startsWith('AUTH')) {
          line = said
          socket.write(takes ? '235 in\r\n' : `535 5.7.8 rejected ${repeat(line)}\r\n`)
        } else if (said.startsWith('RCPT')) socket.write(`550 not after ${repeat(line)}, u all\r\n`)
        else socket.write('250 yes\r\n')
      })
    })

  const wordOf = (line: string): string => line.split(' ')[2] ?? ''

  it.each<[how: string, repeat: (line: string) => string]>([
    ['whole', (line) => line],
    ['unpadded', (line) => `<${wordOf(line).replace(/=+$/, '')}>`],
    ['cut short', (line) => line.slice(0, -6)],
    ['decoded', (line) => Buffer.from(wordOf(line), 'base64').toString()],
    [
      'with the user twice',
      (line) => {
        const decoded = Buffer.from(wordOf(line), 'base64').toString()
        return Buffer.from(`u${decoded}`).toString('base64')
      },
    ],
    [
      'with another user',
      (line) => {
        const decoded = Buffer.from(wordOf(line), 'base64').toString()
        return Buffer.from(`someone${decoded}`).toString('base64')
      },
    ],
  ])('is not told by a server that repeats the line of AUTH, %s', async (_how, repeat) => {
    const { folder, post } = office()
    for (const takes of [false, true]) {
      const url = (await parrot(repeat, takes)).replace('//', `//u:${SECRET}@`)
      const told = await post(url, ...SEND, '--json')
      expect(told).toMatchObject({ code: 1 })
      expect(told.err).toContain(takes ? 'not after' : 'did not take user and password (535)')
      if (takes) expect(told.err).toContain(' u all')
      const listed = await post(url, 'outbox', 'list', '--json')
      const kept = readFileSync(path.join(folder, 'funnel.db.outbox', 'outbox.db'), 'latin1')
      for (const text of [told.out, told.err, listed.out, kept]) {
        expect(text).not.toContain(SECRET)
        for (const word of text.match(/[\w+/]{8,}={0,2}/g) ?? []) {
          expect(Buffer.from(word, 'base64').toString()).not.toContain(SECRET.slice(0, 6))
        }
      }
    }
  })

  it('is read from a file that the owner alone can read', async () => {
    const { folder } = office()
    const server = await postOffice()
    const file = path.join(folder, 'mail.json')
    writeFileSync(file, JSON.stringify({ url: server.url, from: 'funnel@firm.example' }))
    chmodSync(file, 0o640)
    const env = { FUNNEL_MAIL_SETTINGS: file }
    const refused = await call(folder, SEND, env)
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.err).toContain(`chmod 600 ${file}`)
    chmodSync(file, 0o600)
    expect(await call(folder, SEND, env)).toMatchObject({ code: 0 })
    expect(server.mails).toHaveLength(1)
    writeFileSync(file, `{"url": "${SECRET}`)
    const broken = await call(folder, [...SEND, '--again'], env)
    expect(broken).toMatchObject({ code: 2 })
    expect(broken.err).not.toContain(SECRET)
    for (const wrong of ['null', '[]', '"x"', `{"url": ["${SECRET}"]}`]) {
      writeFileSync(file, wrong)
      const told = await call(folder, [...SEND, '--again'], env)
      expect([told.code, told.err]).toEqual([2, expect.stringContaining('has no mail settings')])
      expect(told.err).not.toContain(SECRET)
    }
  })

  it('goes to no server whose certificate is not verified', async () => {
    const { post } = office()
    // The library's own certificate, which nobody has signed.
    const server = await postOffice({ secure: true, disabledCommands: [] })
    const told = await post(server.url.replace('smtp:', 'smtps:'), ...SEND)
    expect(told).toMatchObject({ code: 1 })
    expect(told.err).toMatch(/certificate/)
    expect(server.mails).toHaveLength(0)
    const plain = await postOffice()
    const wrong = await post(plain.url.replace('smtp:', 'smtps:'), ...SEND)
    expect(wrong).toMatchObject({ code: 1 })
    expect(wrong.err).toContain('does not speak TLS on this port; try smtp:// for STARTTLS')
    expect(wrong.err).not.toMatch(/SSL|openssl|:error:/i)
    const off = await post('smtps://mail.example?tls.rejectUnauthorized=false', ...SEND)
    expect(off).toMatchObject({ code: 2 })
  })
})

describe('addresses and names', () => {
  it.each([
    'ann@firm.example\nBcc: all@firm.example',
    'Ann\r\nBcc: all@firm.example <ann@firm.example>',
    'ann@firm.example, bo@firm.example',
    'Ann <ann@firm.example>, <bo@firm.example>',
    '-Xlog@firm.example',
    'ann@@firm.example',
    'ann',
    '',
  ])('cannot smuggle anything in: %j', async (address) => {
    const { post, folder } = office()
    const server = await postOffice()
    expect(await post(server.url, 'snapshot', '--mail-to', address)).toMatchObject({ code: 2 })
    expect(server.mails).toHaveLength(0)
    expect(existsSync(path.join(folder, 'funnel.db.outbox'))).toBe(false)
  })

  it('make no second line of the subject', async () => {
    const written = await compose('1@funnel.invalid', {
      from: { name: null, address: 'funnel@firm.example' },
      to: [{ name: 'Ann', address: 'ann@firm.example' }],
      subject: 'The week of Eve\r\nBcc: all@firm.example\u2028',
      text: 'text',
      html: '<p>text</p>',
      at: '2026-11-23T12:00:00Z',
    })
    expect(written.subject).toBe('The week of Eve Bcc: all@firm.example')
    expect(written.source.toString()).not.toMatch(/^bcc:/im)
  })

  it('of clients and owners stay in the body', async () => {
    const { post, run } = office()
    expect(await run('owner', 'add', 'Eve\r\nBcc: all@firm.example')).toMatchObject({ code: 0 })
    await run('deal', 'edit', '3', '--owner', 'Eve')
    const server = await postOffice()
    const sent = await post(server.url, ...SEND, '--owner', 'Eve')
    expect(sent).toMatchObject({ code: 0, err: '' })
    const [{ mail, source } = { mail: undefined, source: '' }] = server.mails
    expect(mail?.headers.has('bcc')).toBe(false)
    const headers = source.slice(0, source.indexOf('\r\n\r\n'))
    expect(headers).not.toMatch(/^bcc:/im)
    expect(mail?.date?.toISOString().slice(0, 10)).toBe(TODAY)
  })
})
