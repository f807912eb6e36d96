import type { Out } from './io.ts'

/** A stream of this process, which may stop taking what is written. */
interface Stream {
  write(data: string | Uint8Array): boolean
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown
  once(event: 'drain', listener: () => void): unknown
  isTTY?: boolean | undefined
  columns?: number | undefined
  rows?: number | undefined
}

/** The reader has gone: `funnel list | head -1`. */
const GONE = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'])

/**
 * A stream whose reader may go away: the command runs to its end and keeps its exit code, and
 * only what nobody reads is left unwritten.
 * @param failed called once for any other reason why nothing can be written, such as a full disk.
 */
export function lasting(stream: Stream, failed: (error: Error) => void): Out {
  let isGone = false
  const waiting = new Set<() => void>()
  const leave = (error: NodeJS.ErrnoException): void => {
    if (isGone) return
    isGone = true
    for (const go of waiting) go()
    waiting.clear()
    if (!GONE.has(error.code ?? '')) failed(error)
  }
  stream.on('error', leave)
  return {
    write(data) {
      if (isGone) return true
      try {
        return stream.write(data)
      } catch (error) {
        leave(error as NodeJS.ErrnoException)
        return true
      }
    },
    once(event, listener) {
      if (isGone) {
        listener()
        return
      }
      waiting.add(listener)
      stream.once(event, () => {
        if (waiting.delete(listener)) listener()
      })
    },
    isGone: () => isGone,
    get isTTY() {
      return stream.isTTY
    },
    get columns() {
      return stream.columns
    },
    get rows() {
      return stream.rows
    },
  }
}
