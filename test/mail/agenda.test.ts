import { describe, expect, it } from 'vitest'
import { postOffice } from '../support/post-office.ts'
import { office, withOffices } from './office.ts'

withOffices()

const TO_ANN = ['--mail-to', 'ann@firm.example']

describe('the list of a day by mail', () => {
  it('goes out once a day to each, and again where it is asked for', async () => {
    const { post, run } = office()
    await run('task', 'add', 'Send <the> papers', '--client', 'pier', '--due', '2026-11-20')
    await run('task', 'add', 'Ask for the key', '--client', 'harbour', '--due', '2026-11-23')
    const server = await postOffice()
    expect(await post(server.url, 'today', ...TO_ANN)).toMatchObject({ code: 0, err: '' })
    expect(await post(server.url, 'today', ...TO_ANN)).toMatchObject({ code: 0 })
    expect(server.mails).toHaveLength(1)
    const [{ mail } = { mail: undefined }] = server.mails
    expect(mail?.subject).toMatch(/^\d+ to do: Today, 2026-11-23$/)
    for (const text of ['Ask for the key', 'funnel task done', '1 overdue', '1 due today']) {
      expect(mail?.text).toContain(text)
      expect(mail?.html).toContain(text)
    }
    expect(mail?.html).toContain('Send &lt;the&gt; papers')
    // Overdue comes first.
    const text = mail?.text ?? ''
    expect(text.indexOf('Send <the> papers')).toBeLessThan(text.indexOf('Ask for the key'))

    const harbour = ['--where', 'name~harbour']
    expect(await post(server.url, 'today', ...harbour, ...TO_ANN)).toMatchObject({ code: 0 })
    expect(server.mails[1]?.mail.text).not.toContain('Send <the> papers')
    expect(await post(server.url, 'today', ...TO_ANN, '--again')).toMatchObject({ code: 0 })
    expect(server.mails).toHaveLength(3)
  })

  it('is not sent where there is nothing to do', async () => {
    const { post } = office()
    const server = await postOffice()
    const none = await post(server.url, 'today', '--where', 'name~nobody', ...TO_ANN)
    expect(none).toMatchObject({ code: 0 })
    expect(none.out + none.err).toContain('no mail is sent')
    expect(server.mails).toHaveLength(0)
  })
})
