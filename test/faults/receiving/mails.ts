import type { Plan } from './plan.ts'

/** The mails of a fault: what lies there before it, and what comes while it lasts. */
export function mailsOf(plan: Plan): { readonly before: Buffer[]; readonly after: Buffer[] } {
  const all: Buffer[] = []
  const count = plan.mailsBefore + plan.mailsAfter
  for (let n = 0; n < count; n += 1) all.push(mailOf(plan, n, all))
  return { before: all.slice(0, plan.mailsBefore), after: all.slice(plan.mailsBefore) }
}

const customers = ['kuroiwa@gouriki.example', 'mori@aozora.example', 'ito@hoshi.example']

function mailOf({ seed, random }: Plan, n: number, before: readonly Buffer[]): Buffer {
  const dice = random()
  // The same bytes again: one mail for us, two on the server.
  const again = before[Math.floor(random() * before.length)]
  if (dice < 0.08 && again) return again
  const from = customers[Math.floor(random() * customers.length)]
  const answers = dice < 0.4 && n > 0 ? `In-Reply-To: <${seed}-${n - 1}@faults.example>\r\n` : ''
  const head = `Message-ID: <${seed}-${n}@faults.example>\r\n${answers}From: ${from}\r\nTo: support@hinata-kurashi.example\r\nSubject: fault ${seed} mail ${n}\r\n`
  if (dice > 0.95) return unreadable(head)
  if (dice > 0.85) return withAttachment(head, 20_000 + Math.floor(random() * 120_000))
  const words = dice > 0.7 ? '至急返金してください。誠意を見せろ。' : `返品について ${n}`
  return Buffer.from(`${head}Content-Type: text/plain; charset=utf-8\r\n\r\n${words}\r\n`)
}

function withAttachment(head: string, bytes: number): Buffer {
  const content = Buffer.alloc(bytes, head).toString('base64')
  const lines = content.replace(/.{76}/g, '$&\r\n')
  return Buffer.from(
    `${head}MIME-Version: 1.0\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n`,
  )
}

/** Raw bytes of no charset, and a part that never ends. */
function unreadable(head: string): Buffer {
  const broken = Buffer.from([0x82, 0xa0, 0xff, 0xfe, 0x1b, 0x24, 0x42])
  const open = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'
  return Buffer.concat([Buffer.from(head + open), broken, Buffer.from('\r\n')])
}
