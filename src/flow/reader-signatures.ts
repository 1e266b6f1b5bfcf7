import { type Dkim, type DkimSettings, isUnchecked, openDkim } from '../mail/dkim.ts'
import { dnsLookup } from '../mail/key-records.ts'
import type { Answer, Task } from './reader-worker.ts'

/**
 * The answers, and in those on mail that nobody has spoken for what its own signatures say. `at`
 * is told which task is being worked on, or -1 while all of them wait for a name server.
 */
export async function withSignatures(
  tasks: readonly Task[],
  answers: readonly Answer[],
  at: (place: number) => void,
): Promise<Answer[]> {
  const places: number[] = []
  const unchecked = tasks.flatMap((task, place) => {
    const answer = answers[place]
    // What has cost a thread before is not read a third time.
    if (task.kind !== 'read' || !task.dkim || task.secondTry) return []
    if (answer?.kind !== 'digest' || !isUnchecked(answer.mail)) return []
    places.push(place)
    const { buffer, byteOffset, byteLength } = task.raw
    const raw = Buffer.from(buffer, byteOffset, byteLength)
    return [
      { raw, mail: answer.mail, receivedAt: task.dkim.receivedAt, settings: task.dkim.settings },
    ]
  })
  const [first] = unchecked
  if (!first) return [...answers]
  const found = await dkimFor(first.settings).check(unchecked, (place) =>
    at(place === -1 ? -1 : (places[place] ?? -1)),
  )
  return answers.map((answer, place) => {
    const said = found[places.indexOf(place)]
    return answer.kind === 'digest' && said
      ? { ...answer, mail: { ...answer.mail, ...said } }
      : answer
  })
}

let opened: { readonly key: string; readonly dkim: Dkim } | undefined

/** One verifier a thread, so that keys are remembered from mail to mail. */
function dkimFor({ servers }: DkimSettings): Dkim {
  const key = servers.join(' ')
  if (opened?.key !== key) opened = { key, dkim: openDkim(dnsLookup(servers)) }
  return opened.dkim
}
