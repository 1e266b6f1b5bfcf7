import { pause } from '../loops/every.ts'
import type { DemoImap, DemoSmtp } from './servers.ts'
import type { StoryMail } from './story.ts'

/**
 * Lets the live part of the story come in: at its time, or some seconds after our first letter to
 * the writer. Resolves when everything has been told, or at the signal.
 */
export async function tellLive(
  story: readonly StoryMail[],
  imap: Pick<DemoImap, 'append'>,
  smtp: Pick<DemoSmtp, 'onMail'>,
  stop: AbortSignal,
): Promise<void> {
  if (stop.aborted) return
  const letters = watchLetters(smtp, stop)
  const live = story.filter((mail) => mail.live !== null)
  await Promise.all(
    live.map(async (mail) => {
      if (mail.afterLetter !== null) await letters.first(mail.from)
      await pause((mail.afterLetter ?? mail.live ?? 0) * 1000, stop)
      if (stop.aborted) return
      const now = new Date()
      await imap.append(await mail.sentAt(now), mail.folder, now)
    }),
  )
}

/** Who has been written to so far, and who is still waited for. */
function watchLetters(smtp: Pick<DemoSmtp, 'onMail'>, stop: AbortSignal) {
  const letters = new Map<string, PromiseWithResolvers<void>>()

  function letterTo(address: string): PromiseWithResolvers<void> {
    const known = letters.get(address) ?? Promise.withResolvers<void>()
    letters.set(address, known)
    return known
  }

  smtp.onMail(({ to }) => {
    for (const address of to) letterTo(address).resolve()
  })
  stop.addEventListener('abort', () => {
    for (const { resolve } of letters.values()) resolve()
  })
  return { first: (address: string) => letterTo(address).promise }
}
