import type { Ground, Identity, ParsedMail, Standing } from '../domain/mail.ts'
import { domainOf } from './alignment.ts'
import { type Screened, type Signature, screen } from './dkim-signature.ts'
import { headerFields } from './header.ts'
import { type KeyRecord, type KeyRecords, type Lookup, openKeyRecords } from './key-records.ts'

/** How DKIM is verified where no trusted server spoke. */
export type DkimSettings = {
  /** DNS servers to ask; none for the system's own. */
  readonly servers: readonly string[]
}

/** A mail whose author nobody vouched for yet. */
export type Unchecked = {
  readonly raw: Buffer
  readonly mail: ParsedMail
  readonly receivedAt: Date
}

export type Dkim = {
  /**
   * Verifies the mails' signatures (RFC 6376) over their bytes. All keys are asked for first and
   * at once; `at` tells which mail is being worked on, or -1 while keys are awaited.
   */
  check(mails: readonly Unchecked[], at: (place: number) => void): Promise<Standing[]>
}

/** RFC 8301: shorter keys prove nothing. */
const keyBitsMin = 1_024

const worthOf: Record<Signature['worth'], Identity> = {
  dkim_pass: 'verified',
  dkim_relative: 'weak',
  dkim_partial: 'weak',
  dkim_undated: 'weak',
}

/** Opens a verifier that remembers keys; `lookup` is how it asks DNS. */
export function openDkim(lookup: Lookup): Dkim {
  const keys = openKeyRecords(lookup)
  return {
    async check(mails, at) {
      const screened = mails.map(({ raw, mail, receivedAt }) =>
        screen(headerFields(raw), domainOf(mail.from[0]?.address ?? ''), receivedAt),
      )
      at(-1)
      const records = await keysOf(keys, screened)
      const standings: Standing[] = []
      for (const [place, one] of mails.entries()) {
        at(place)
        standings.push(await standingBy(one, screened[place], records))
      }
      return standings
    },
  }
}

/** Whether nobody has spoken for the mail's author yet, so that its signatures may. */
export function isUnchecked({ ground }: ParsedMail): boolean {
  return ground.code === 'not_checked'
}

function keysOf(keys: KeyRecords, screened: readonly Screened[]) {
  const names = screened.flatMap((one) =>
    one.kind === 'candidates' ? one.signatures.map(({ keyName }) => keyName) : [],
  )
  return keys.fetch(names)
}

async function standingBy(
  one: Unchecked,
  screened: Screened | undefined,
  records: ReadonlyMap<string, KeyRecord>,
): Promise<Standing> {
  if (!screened || screened.kind === 'settled') {
    return { identity: 'unverified', ground: screened?.ground ?? { code: 'not_signed', by: '' } }
  }
  const { signatures } = screened
  const withKey = signatures.filter(({ keyName }) => records.get(keyName)?.kind === 'found')
  const verdicts = withKey.length > 0 ? await verdictsOn(one, withKey, records) : []
  const [proven] = verdicts.filter(({ identity }) => identity !== 'unverified')
  if (proven) return proven
  const unasked = signatures.find(({ keyName }) => records.get(keyName)?.kind === 'unreachable')
  if (unasked) return unproven('dns_unreachable', unasked.domain)
  return verdicts[0] ?? unproven('dkim_no_key', signatures[0]?.domain ?? '')
}

function unproven(code: Ground['code'], by: string): Standing {
  return { identity: 'unverified', ground: { code, by } }
}

/** The signatures' verdicts, in the order in which they were chosen: the best one first. */
async function verdictsOn(
  { raw, receivedAt }: Unchecked,
  signatures: readonly Signature[],
  records: ReadonlyMap<string, KeyRecord>,
): Promise<Standing[]> {
  // Loaded only where there is something to verify: it brings a schema library with it.
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js')
  const kept = new Set(signatures.map(({ place }) => place))
  const { results } = await dkimVerify(withSignatures(raw, kept), {
    resolver: async (name) => {
      const record = records.get(name.toLowerCase())
      return record?.kind === 'found' ? record.texts : []
    },
    strict: true,
    minBitLength: keyBitsMin,
    curTime: receivedAt,
  })
  const places = [...kept].sort((a, b) => a - b)
  return signatures.map(({ place, domain, worth }) => {
    const status = results[places.indexOf(place)]?.status
    if (status?.result === 'policy') return unproven('dkim_weak', domain)
    if (status?.result !== 'pass') return unproven('dkim_bad', domain)
    // RFC 6376 section 3.6.1: a domain that tests is treated as if it did not sign.
    if (status.testing) return unproven('dkim_weak', domain)
    return { identity: worthOf[worth], ground: { code: worth, by: domain } }
  })
}

/**
 * The mail with those of its signatures alone: each further one would cost a pass over the text.
 * ARC is left out, as it speaks of another server's view.
 */
function withSignatures(raw: Buffer, kept: ReadonlySet<number>): Buffer {
  const end = /\r?\n\r?\n/.exec(raw.toString('latin1', 0, headerBytesMax))
  const length = end ? end.index : Math.min(raw.length, headerBytesMax)
  let place = -1
  const fields = raw
    .toString('latin1', 0, length)
    .split(/\r?\n(?![ \t])/)
    .filter((field) => {
      if (/^arc-/i.test(field)) return false
      if (!/^dkim-signature\s*:/i.test(field)) return true
      place += 1
      return kept.has(place)
    })
  const head = `${fields.join('\r\n').replace(/\r?\n/g, '\r\n')}\r\n\r\n`
  const body = raw.subarray(length + (end?.[0].length ?? 0))
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}

/** As far as the header is read; a longer one fails to verify, as it is no honest mail's. */
const headerBytesMax = 256 * 1024
