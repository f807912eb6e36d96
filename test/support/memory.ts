import { readFileSync } from 'node:fs'

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** The most memory that a process and those it started have had so far, in MiB; 0 where the system tells nothing. */
function peakOf(pid: number): number {
  const own = Number(/^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean)
  return children.reduce((sum, child) => sum + peakOf(Number(child)), own)
}

/**
 * Watches the memory of a process and of those it starts.
 * @param withOwn false for that of those it starts alone.
 * @returns what ends it, and gives the most that was seen, in MiB.
 */
export function watchMemory(pid: number, withOwn = true): () => number {
  let most = 0
  const look = (): void => {
    const own = withOwn ? 0 : Number(/^VmHWM:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
    most = Math.max(most, peakOf(pid) - own / 1024)
  }
  const timer = setInterval(look, 20)
  return () => {
    clearInterval(timer)
    return Math.ceil(most)
  }
}
