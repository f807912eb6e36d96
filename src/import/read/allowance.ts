import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { getHeapStatistics } from 'node:v8'
import type { Kind } from './kind.ts'
import { unpackedSize } from './zip.ts'

/** Limits on reading a workbook, beyond which it is given up; set so that a sound one never meets them. */
export interface Allowance {
  /** What JavaScript may keep, in MiB. */
  heap: number
  /** What the process may take in all, in MiB. */
  memory: number
  /** How long the processor may work on it, in ms. */
  time: number
  /** How many characters its cells may hold in all. */
  text: number
}

const MEBIBYTE = 1 << 20

/** What is enough for any workbook of up to 3 MiB. */
const LEAST_HEAP = 160
/** What the program itself needs. */
const BASE_HEAP = 106
/** What is not JavaScript's: the program's code, and the file with its unpacked content. */
const OUTSIDE_HEAP = 128
const LEAST_TIME = 3000
const LEAST_TEXT = 64 * MEBIBYTE

// Sound lists of 20,000 and 40,000 rows took, for each byte unpacked, 9 (XLSX) to 24 bytes (XLS, including what
// the program itself needs) of memory in all, 180 to 380 ms of a busy processor for each MiB, and 0.6 of
// a character. The limits are two to twenty times as much, for other kinds of sheets.
const HEAP_PER_BYTE = 18
const TIME_PER_MEBIBYTE = 600
const TEXT_PER_BYTE = 16

// A sheet that repeats itself shrinks to a fortieth.
const MOST_SHRUNK = 40
// The directory at the end of an archive, of several thousand files.
const DIRECTORY = 1 << 20

/** How much there is to read in a workbook, in bytes. */
function contentOf(file: string, kind: Kind): number {
  const opened = openSync(file, 'r')
  try {
    const { size } = fstatSync(opened)
    if (kind !== 'zip') return size
    const from = Math.max(0, size - DIRECTORY)
    const end = Buffer.alloc(size - from)
    readSync(opened, end, 0, end.length, from)
    return Math.max(size, Math.min(unpackedSize(end, from), size * MOST_SHRUNK))
  } finally {
    closeSync(opened)
  }
}

/**
 * The limits on reading a workbook, by how much is in it.
 * @throws NodeJS.ErrnoException where the file cannot be read.
 */
export function allowanceOf(file: string, kind: Kind): Allowance {
  const bytes = contentOf(file, kind)
  const most = getHeapStatistics().heap_size_limit / MEBIBYTE
  const needed = Math.max(LEAST_HEAP, BASE_HEAP + (bytes * HEAP_PER_BYTE) / MEBIBYTE)
  const heap = Math.ceil(Math.min(most, needed))
  return {
    heap,
    memory: heap + OUTSIDE_HEAP + Math.ceil((bytes * 3) / MEBIBYTE),
    time: LEAST_TIME + (bytes / MEBIBYTE) * TIME_PER_MEBIBYTE,
    text: LEAST_TEXT + bytes * TEXT_PER_BYTE,
  }
}

/** True if the least is enough. */
export function isLeast({ heap }: Allowance): boolean {
  return heap === LEAST_HEAP
}
