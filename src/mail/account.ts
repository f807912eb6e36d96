import { readFileSync, statSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import { platform } from 'node:os'
import { Fault } from '../domain/fault.ts'

/** How to reach a server. The password is kept nowhere else. */
export interface SmtpAccount {
  host: string
  port: number
  /** TLS from the first byte; else by STARTTLS. */
  secure: boolean
  /** A server on this machine may be used without TLS. */
  loopback: boolean
  user: string | null
  password: string | null
  /** How long the server may stay silent, in ms. */
  timeout: number
}

/** Where mail settings come from. */
interface MailSources {
  /** `FUNNEL_SMTP_URL`. */
  url: string | undefined
  /** `FUNNEL_MAIL_FROM`. */
  from: string | undefined
  /** The settings file, which need not exist. */
  file: string
}

/** The settings of mail. */
interface MailSettings {
  url: string | null
  from: string | null
}

const TIMEOUT = 30_000
const HINT = 'such as smtps://user:password@mail.example.com or smtp://localhost:25'

/** The file, if only its owner can read it. @throws Fault `usage` if others can. */
function readSecretFile(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) return null
  if (platform() !== 'win32' && (stat.mode & 0o077) !== 0) {
    throw new Fault('usage', `${file} can be read by others`, `make it private: chmod 600 ${file}`)
  }
  return readFileSync(file, 'utf8')
}

/**
 * Reads who sends mail and through which server: from the environment, else from a JSON file
 * `{"url": "smtps://…", "from": "…"}` that only its owner can read.
 * @throws Fault `usage` if others can read the file, or its content is wrong.
 */
export function readMailSettings({ url, from, file }: MailSources): MailSettings {
  const text = url ? null : readSecretFile(file)
  let kept: { url?: unknown; from?: unknown } = {}
  if (text !== null) {
    try {
      kept = JSON.parse(text) as typeof kept
    } catch {
      // The parser's own message would quote what is secret.
      throw new Fault('usage', `${file} is not JSON`, 'write {"url": "smtps://…", "from": "…"}')
    }
  }
  const word = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  const isSound = [kept?.url, kept?.from].every((one) => one === undefined || word(one) !== null)
  if (kept?.constructor !== Object || !isSound) {
    throw new Fault(
      'usage',
      `${file} has no mail settings`,
      'write {"url": "smtps://…", "from": "…"}',
    )
  }
  return { url: url || word(kept.url), from: from || word(kept.from) }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))
}

/**
 * Reads `smtp(s)://user:password@host:port?timeout=30`. No other parameter is accepted: none can turn off the
 * checking of certificates.
 * @throws Fault `usage` if it is not one; the message never repeats it.
 */
export function parseSmtpUrl(text: string): SmtpAccount {
  const refuse = (why: string): Fault => new Fault('usage', `the SMTP URL ${why}`, HINT)
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw refuse('cannot be read')
  }
  const secure = url.protocol === 'smtps:'
  if (!secure && url.protocol !== 'smtp:') throw refuse('must begin with smtp:// or smtps://')
  if (url.hostname === '') throw refuse('names no server')
  for (const name of url.searchParams.keys()) {
    if (name !== 'timeout') throw refuse('has a parameter other than timeout')
  }
  const seconds = Number(url.searchParams.get('timeout') ?? TIMEOUT / 1000)
  if (!(seconds > 0 && seconds <= 600))
    throw refuse('has a timeout that is not a number of seconds')
  const decoded = (part: string): string | null => {
    try {
      return part === '' ? null : decodeURIComponent(part)
    } catch {
      throw refuse('has a user or password with a lone %')
    }
  }
  return {
    host: url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : isLoopback(url.hostname) ? 25 : 587) : Number(url.port),
    secure,
    loopback: isLoopback(url.hostname),
    user: decoded(url.username),
    password: decoded(url.password),
    timeout: seconds * 1000,
  }
}
