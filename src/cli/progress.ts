import { onInterrupt } from './interrupt.ts'
import { type Io, terminalOf } from './io.ts'

/** A line on stderr that shows how far a long piece of work has come. */
export interface ProgressBar {
  /** Bytes done, bytes in all, and rows so far. */
  show: (done: number, total: number, rows: number) => void
  stop: () => void
}

/** Work that finishes sooner shows no bar, in ms. */
const PATIENCE = 400

/** What is counted: bytes of a file and its rows, or files that are written. */
const FORMATS = {
  bytes: '{bar} {percentage}% · {megabytes} of {size} MB · {rows} rows · {rate} rows/s',
  files: '{bar} {percentage}% · {value} of {total} files · {rate}/s',
}

/** A bar with how much is done, and the rate. The library is loaded when the bar is first shown. */
export function progressBar(io: Io, what: keyof typeof FORMATS = 'bytes'): ProgressBar {
  const begun = Date.now()
  let bar: import('cli-progress').SingleBar | undefined
  let loading = false
  const calm = onInterrupt(() => bar?.stop())
  const load = async (): Promise<void> => {
    loading = true
    const { default: progress } = await import('cli-progress')
    bar = new progress.SingleBar({
      format: FORMATS[what],
      stream: terminalOf(io),
      barsize: 24,
      clearOnComplete: true,
      hideCursor: true,
      // Left alone, it would take the first Ctrl-C, and the program would go on.
      gracefulExit: false,
    })
  }
  return {
    show(done, total, rows) {
      const spent = Date.now() - begun
      if (spent < PATIENCE) return
      if (!loading) void load()
      if (!bar) return
      const payload = {
        megabytes: (done / 1e6).toFixed(1),
        size: (total / 1e6).toFixed(1),
        rows,
        rate: Math.round((rows / spent) * 1000),
      }
      if (bar.isActive) bar.update(done, payload)
      else bar.start(total, done, payload)
    },
    stop() {
      calm()
      bar?.stop()
    },
  }
}
