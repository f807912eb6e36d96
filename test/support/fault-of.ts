/** The message and the hint of the fault that it ends with. */
export function faultOf(action: () => unknown): { code: string; message: string; hint: string } {
  try {
    action()
  } catch (error) {
    return error as { code: string; message: string; hint: string }
  }
  throw new Error('it went well')
}
