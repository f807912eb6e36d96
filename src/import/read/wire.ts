import { Fault, type FaultCode } from '../../domain/fault.ts'
import type { Allowance } from './allowance.ts'
import type { SheetRead, WorkbookRequest } from './parse-workbook.ts'
import type { RawRow, TypedValue } from './source.ts'

/** What the process that reads workbooks is asked, one line each. */
export interface WireRequest {
  workbook: WorkbookRequest
  allowance: Allowance
}

/** A row between two processes: its number, its cells, what is known of them, and `fromAbove`. */
type WireRow = [number, string[], ((TypedValue | null)[] | 0)?, 1?]

/** What the process that reads workbooks says, one line each: any number of rows, then how it ended. */
export type WireLine = { rows: WireRow[] } | WireEnd

/** How a reading ended, and how much memory the process has by then, in bytes. */
export type WireEnd = ({ read: SheetRead } | { fault: WireFault }) & { memory: number }

interface WireFault {
  code: FaultCode
  message: string
  hint?: string | undefined
  cause?: string
}

/** Rows as a line. */
export function rowsLine(rows: readonly RawRow[]): WireLine {
  return {
    rows: rows.map(({ number, cells, typed, fromAbove }): WireRow => {
      if (fromAbove) return [number, cells, (typed as TypedValue[] | undefined) ?? 0, 1]
      // What is not known about a cell becomes null.
      return typed ? [number, cells, typed as TypedValue[]] : [number, cells]
    }),
  }
}

/** The rows of a line. */
export function rowsOf(rows: readonly WireRow[]): RawRow[] {
  return rows.map(([number, cells, typed, fromAbove]) => {
    const row: RawRow = { number, cells }
    if (typed) row.typed = typed.map((value) => value ?? undefined)
    if (fromAbove) row.fromAbove = true
    return row
  })
}

/** What went wrong, for a line. */
export function wireFault({ code, message, hint, cause }: Fault): WireFault {
  const why = cause instanceof Error ? cause.stack : undefined
  return why === undefined ? { code, message, hint } : { code, message, hint, cause: why }
}

/** The fault of a line. */
export function faultOf({ code, message, hint, cause }: WireFault): Fault {
  return new Fault(code, message, hint, cause)
}

/** Cuts what comes piece by piece into lines. */
export function lineSplitter(onLine: (line: string) => void): (piece: string) => void {
  let parts: string[] = []
  return (piece) => {
    let from = 0
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
      const line = parts.join('') + piece.slice(from, at)
      parts = []
      from = at + 1
      onLine(line)
    }
    if (from < piece.length) parts.push(piece.slice(from))
  }
}
