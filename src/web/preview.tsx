import type { FC } from 'hono/jsx'
import type { Attachment } from '../domain/mail.ts'
import { pictureOf } from '../mail/picture.ts'
import type { Preview, PreviewKind } from '../preview/preview.ts'
import type { StoredMessage, ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { messageOf } from './message-asked.ts'
import { Empty, Form } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'
import { isThreadShielded, opensHarm, type PassageInfo, wholeInfo } from './passages.ts'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { recordAll } from './view-routes.ts'
import { areOpen, isHarmful, placeOfFile } from './views.ts'

/** What one looks at beside a mail is no book: more pages are a file to save. */
const pageMax = 500
const bytesMax = 25 * 1024 * 1024

/** Drawing holds every point in memory, four bytes each. */
const pixelsMax = 50_000_000

/** A file of a mail, looked at without opening it: drawn anew, and never before somebody asks. */
export function previewRoutes(routes: Routes): void {
  const path = '/messages/:id/attachments/:sha256/preview'
  routes.get(path, 'read', async (c) => {
    const asked = await askedIn(c)
    const drawn = await drawnOf(c, asked)
    const isClosed = !(await areOpen(c, asked.message.id, await heldBy(c, asked, drawn)))
    const title = c.var.text.reading.previewOf(nameOf(c, asked.file))
    return page(c, title, <PreviewPage c={c} {...asked} drawn={drawn} isClosed={isClosed} />)
  })
  // A POST, as it leaves a trace.
  routes.post(path, 'reveal', async (c) => {
    const { message, record, file, number } = await askedIn(c)
    await recordAll(c, record, message, [infoOf(record, message, file)])
    return c.redirect(`${pathOf(message, file)}?page=${number}`, 303)
  })
}

/** Whether a file's name says that it is one that can be looked at. */
export function canPreview({ filename }: Attachment): boolean {
  return /\.(?:pdf|png|jpe?g|gif|webp)$/i.test(filename)
}

/** Where a file of a mail is looked at. */
export function previewPath(message: StoredMessage, file: Attachment): string {
  return `${pathOf(message, file)}?page=1`
}

function pathOf({ id }: StoredMessage, { sha256 }: Attachment): string {
  return `/messages/${id}/attachments/${sha256}/preview`
}

type Asked = {
  readonly message: StoredMessage
  readonly record: ThreadRecord
  readonly file: Attachment
  /** Of the page, counted from 1. */
  readonly number: number
}

async function askedIn(c: Ctx): Promise<Asked> {
  const { message, record } = await messageOf(c)
  const files = record.attachments.get(message.id) ?? []
  const file = files.find(({ sha256 }) => sha256 === c.req.param('sha256'))
  if (!file) throw new Missing()
  const number = Math.trunc(Number(c.req.query('page') ?? 1))
  return { message, record, file, number: number >= 1 && number <= pageMax ? number : 1 }
}

type Drawn = Preview & { readonly kind: PreviewKind }

async function drawnOf(c: Ctx, { message, file, number }: Asked): Promise<Drawn | null> {
  if (file.size > bytesMax) return null
  const { house, site } = c.var
  const raw = await house.store.raws.find(message.rawSha256)
  const bytes = raw && (await site.parser.take(raw, file))
  if (!bytes) throw new Missing()
  const kind = kindOf(bytes)
  const preview = kind && (await site.previews.draw(kind, bytes, number))
  return preview && { ...preview, kind }
}

/** By the bytes alone: a name and a type are only what the sender says. */
function kindOf(bytes: Buffer): PreviewKind | null {
  const picture = pictureOf(bytes)
  if (picture) return picture.width * picture.height <= pixelsMax ? 'picture' : null
  // ISO 32000 wants it first; readers take it anywhere in the first kilobyte.
  return bytes.subarray(0, 1024).includes('%PDF-') ? 'pdf' : null
}

/** The file itself, where it may hold what the shield keeps back. */
async function heldBy(
  c: Ctx,
  { message, record, file }: Asked,
  drawn: Drawn | null,
): Promise<PassageInfo[]> {
  if (!drawn) return []
  const mayHold = message.mutedBy !== null || isThreadShielded(record)
  return mayHold || (await isHarmful(c, drawn.words)) ? [infoOf(record, message, file)] : []
}

function infoOf(record: ThreadRecord, message: StoredMessage, file: Attachment): PassageInfo {
  return wholeInfo(record, message, placeOfFile(file.sha256))
}

function nameOf(c: Ctx, { filename }: Attachment): string {
  return opensHarm(filename, c.var.house.rules) ? c.var.text.mail.keptBack : filename
}

type PreviewProps = Asked & { c: Ctx; drawn: Drawn | null; isClosed: boolean }

const PreviewPage: FC<PreviewProps> = (props) => {
  const { c, message, file, drawn, isClosed } = props
  const { reading } = c.var.text
  return (
    <section class='preview'>
      <a href={`/threads/${message.threadId}#m-${message.id}`}>{reading.back}</a>
      <h1>{reading.previewOf(nameOf(c, file))}</h1>
      {!drawn && <Empty>{reading.previewNone}</Empty>}
      {drawn && (isClosed ? <Closed {...props} /> : <Opened {...props} drawn={drawn} />)}
      <a class='file' href={`/messages/${message.id}/attachments/${file.sha256}`}>
        <Icon name='clip' />
        {reading.save}
      </a>
    </section>
  )
}

const Closed: FC<PreviewProps> = ({ c, message, file, number }) => {
  const { reading } = c.var.text
  return (
    <div class='passage'>
      <Form c={c} action={`${pathOf(message, file)}?page=${number}`} class='inline'>
        <button type='submit' class='kept-back'>
          <Icon name='eye' />
          <span>{reading.previewClosed}</span>
          <strong>{reading.open}</strong>
        </button>
      </Form>
      <p class='help'>{reading.previewClosedHelp}</p>
    </div>
  )
}

const Opened: FC<PreviewProps & { drawn: Drawn }> = ({ c, drawn, number, ...asked }) => {
  const { reading } = c.var.text
  const { kind, width, height, words, webp } = drawn
  const pages = Math.min(drawn.pages, pageMax)
  const shown = Math.min(number, pages)
  const label = kind === 'pdf' ? reading.pdfPageOf(shown, drawn.pages) : reading.previewPicture
  return (
    <>
      <p class='help'>{reading.previewHelp}</p>
      {kind === 'pdf' && <Pages {...asked} c={c} label={label} number={shown} pages={pages} />}
      <img
        class='sheet'
        src={`data:image/webp;base64,${webp.toString('base64')}`}
        width={width}
        height={height}
        alt={label}
      />
      {words.trim() !== '' && (
        <details>
          <summary class='quiet'>{reading.pdfWords}</summary>
          <p class='words'>{words.trim()}</p>
        </details>
      )}
    </>
  )
}

const Pages: FC<
  { message: StoredMessage; file: Attachment } & {
    c: Ctx
    label: string
    number: number
    pages: number
  }
> = (props) => {
  const { c, message, file, label, number, pages } = props
  const { text } = c.var
  const to = (n: number) => `${pathOf(message, file)}?page=${n}`
  return (
    <nav class='pager' aria-label={label}>
      {number > 1 && <a href={to(number - 1)}>{text.previousPage}</a>}
      <span>{label}</span>
      {number < pages && <a href={to(number + 1)}>{text.nextPage}</a>}
    </nav>
  )
}
