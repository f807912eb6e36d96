import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'

/** A mail that a server took over. */
interface Delivered {
  to: string[]
  from: string
  mail: ParsedMail
  source: string
}

/** A mail server on this machine. */
export interface PostOffice {
  url: string
  port: number
  mails: Delivered[]
}

/** A server's no: from 500 on it is final (RFC 5321, 4.2.1). */
export function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}

/** Starts a mail server that takes everything, but for what the options say. */
export async function postOffice(options: Partial<SMTPServerOptions> = {}): Promise<PostOffice> {
  const mails: Delivered[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const source = Buffer.concat(parts).toString()
        void simpleParser(source).then((mail) => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
          mails.push({ to: envelope.rcptTo.map(({ address }) => address), from, mail, source })
          done()
        })
      })
    },
    ...options,
  })
  // Who goes away in the middle of a handshake is no fault of the server's.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
  })
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}?timeout=1`, port, mails }
}

/** A server of which each connection is handled as a test says. */
export async function brokenServer(handle: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    handle(socket)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?timeout=1`
}
