// Characters that JSON leaves unescaped but a terminal would obey: C1 controls, bidirectional signs.
const STEERING = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g

/** A value as JSON that is safe to show: characters that control a terminal are written as `\u009b`. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(
    STEERING,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
