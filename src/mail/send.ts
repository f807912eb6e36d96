import nodemailer from 'nodemailer'
import type { SmtpAccount } from './account.ts'

/** What is sent: the envelope, and the message as it goes over the wire. */
interface Outgoing {
  from: string
  to: string
  source: Buffer
}

/** Hands a message over. @throws why it was not accepted. */
export interface Carrier {
  send: (message: Outgoing) => Promise<void>
  close: () => void
}

/** A mail server. Its certificate is verified; without TLS, only a server on this machine is used. */
export function smtpCarrier(account: SmtpAccount): Carrier {
  const { host, port, secure, loopback, user, password, timeout } = account
  const transport = nodemailer.createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !loopback,
    ignoreTLS: !secure && loopback,
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ from, to, source }) {
      await transport.sendMail({ envelope: { from, to: [to] }, raw: source })
    },
    close: () => transport.close(),
  }
}

/** The machine's own `sendmail`. */
export function sendmailCarrier(program: string): Carrier {
  const transport = nodemailer.createTransport({
    sendmail: true,
    newline: 'unix',
    path: program,
  })
  return {
    async send({ from, to, source }) {
      await transport.sendMail({ envelope: { from, to: [to] }, raw: source })
    },
    close: () => transport.close(),
  }
}

const LOST = 'the connection was lost'

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'the server refused the connection',
  ETIMEDOUT: 'the server did not answer in time',
  ECONNECTION: LOST,
  ECONNRESET: LOST,
  EPIPE: LOST,
  EDNS: 'the server’s name is not known',
  ENOTFOUND: 'the server’s name is not known',
  EAUTH: 'the server did not take user and password',
  ETLS: 'the connection could not be made safe (TLS)',
  ENOENT: 'there is no such program',
}

const NO_TLS = 'the server does not speak TLS on this port; try smtp:// for STARTTLS'

/** What OpenSSL says about bytes that are not TLS at all. */
const NOT_TLS = /wrong version number|packet length too long|unknown protocol|http request/i

/** Why TLS failed, instead of OpenSSL's own words; null if the failure is something else. */
function tlsReason(message: string, secure: boolean): string | null {
  if (!/SSL routines|ERR_SSL|EPROTO/.test(message)) return null
  return secure && NOT_TLS.test(message) ? NO_TLS : (WORDS.ETLS ?? null)
}

/** What must never be revealed about an account. */
interface Secrets {
  url: string | null
  user: string | null
  password: string | null
}

/** A shorter user name is part of too many words to be blanked out. */
const TELLING = 4

/** Every form in which a server might repeat the secrets, the longest first. */
function formsOf({ url, user, password }: Secrets): string[] {
  const name = user ?? ''
  const pass = password ?? ''
  const plain = [
    url ?? '',
    pass,
    name.length < TELLING ? '' : name,
    ...(pass === '' ? [] : [`\0${name}\0${pass}`, `${name}\0${name}\0${pass}`]),
  ].filter((text) => text !== '')
  const forms = plain.flatMap((text) => {
    const bytes = Buffer.from(text)
    const padded = bytes.toString('base64')
    const bare = padded.replace(/=+$/, '')
    return [text, encodeURIComponent(text), padded, bare, bytes.toString('base64url')]
  })
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length)
}

/** Removes the secrets from what a server said: in plain text, in base64, or within an AUTH line. */
function withoutSecrets(text: string, secrets: Secrets): string {
  let cleaned = text
  for (const form of formsOf(secrets)) cleaned = cleaned.replaceAll(form, '…')
  const { user, password } = secrets
  const inside = [password ?? '', `${user ?? ''}\0`].filter((part) => part !== '')
  return (
    cleaned
      // A line that the server cut short contains only a part of the password.
      .replaceAll(/\bAUTH(\s+[\w-]+)\s+\S+/gi, 'AUTH$1 …')
      .replaceAll(/[\w+/-]{6,}={0,2}/g, (word) => {
        const bytes = Buffer.from(word, 'base64')
        return inside.some((part) => bytes.includes(part)) ? '…' : word
      })
  )
}

/** Why a message was not accepted, in one line without secrets. */
export function reasonOf(error: unknown, secrets: Secrets): string {
  const {
    code = '',
    message,
    responseCode,
  } = error as Error & {
    code?: string
    responseCode?: number
  }
  // The library reports every socket error as ESOCKET, with the system's own code in the text.
  const system = /\b(?:write |read |connect )?(E[A-Z]+)\b/.exec(message)?.[1] ?? ''
  const words = WORDS[code] ?? WORDS[system]
  if (code === 'EAUTH') {
    // Servers repeat what they reject: only the number in their answer is safe.
    return responseCode === undefined ? `${words}` : `${words} (${responseCode})`
  }
  const tls = tlsReason(message, secrets.url?.startsWith('smtps:') ?? false)
  if (tls !== null) return tls
  const text = withoutSecrets(message, secrets).split('\n', 1)[0] ?? ''
  if (words === undefined) return text
  return responseCode === undefined && code !== 'ETLS' ? words : `${words}: ${text}`
}
