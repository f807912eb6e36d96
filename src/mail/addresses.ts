import { domainToASCII } from 'node:url'
import { Fault } from '../domain/fault.ts'

/** A mailbox: an address and its owner's name. */
export interface Mailbox {
  name: string | null
  address: string
}

// One line, no quotes, no groups, no comments: anything that a header or an envelope could read as more than
// an address is refused, not repaired.
const ADDRESS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/
/** An address whose domain has letters beyond ASCII, as it is sent: `post@xn--mller-kva.de`. */
function inAscii(address: string): string {
  const [local = '', domain = '', ...more] = address.split('@')
  const isPlain = !/[^\u0000-\u007F]/.test(domain)
  if (isPlain || more.length > 0) return address
  return `${local}@${domainToASCII(domain)}`
}

const NAMED = /^(.*?)\s*<([^<>]*)>$/s
const LONGEST = 254

/**
 * Reads `ann@example.com` or `Ann Berg <ann@example.com>`; a domain such as `müller.de` becomes
 * `xn--mller-kva.de`, which every mail server knows.
 * @throws Fault `usage` if it is not a single address, or contains a character that could end its header.
 */
export function parseMailbox(text: string): Mailbox {
  const refuse = (): Fault =>
    new Fault(
      'usage',
      `“${text.replaceAll(/[\u0000-\u001F\u007F]/g, '?')}” is not an e-mail address`,
      'write it as ann@example.com or "Ann Berg <ann@example.com>"; give each one its own --mail-to',
    )
  const named = NAMED.exec(text.trim())
  const name = named?.[1]?.replaceAll(/^"|"$/g, '').trim() ?? ''
  const address = inAscii((named ? (named[2] ?? '') : text).trim())
  const isUnsafe = /[\u0000-\u001F\u007F-\u009F"\\,;:<>()[\]\u2028\u2029]/.test(name)
  const isOption = address.startsWith('-')
  const dots = /^\.|\.\.|\.@/.test(address)
  if (isUnsafe || isOption || dots || address.length > LONGEST || !ADDRESS.test(address)) {
    throw refuse()
  }
  return { name: name === '' ? null : name, address }
}
