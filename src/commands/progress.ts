/** Shows how far a long piece of work is, where somebody watches. */
export type Progress = {
  /** Bytes of the whole that were read. */
  read(bytes: number): void
  /** Mails that were dealt with. */
  done(mails: number): void
  /** Takes the line away. */
  end(): void
}

type Screen = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

/** Drawn no more often: people read no faster. */
const redrawMs = 200

const clearLine = '\r\u001b[2K'

/** One line on a terminal, drawn again and again; nothing where the output goes elsewhere. */
function openLine(screen: Screen) {
  let drawn = Number.NEGATIVE_INFINITY
  return {
    /** Asks for the words only where they are drawn. */
    draw(words: () => string): void {
      const now = performance.now()
      if (!screen.isTTY || now - drawn < redrawMs) return
      drawn = now
      screen.write(`${clearLine}${words().slice(0, Math.max(20, (screen.columns ?? 80) - 1))}`)
    },
    end: () => void (screen.isTTY && screen.write(clearLine)),
  }
}

/** How far mails are read from files of so many bytes. */
export function openProgress(screen: Screen, totalBytes: number): Progress {
  const line = openLine(screen)
  const began = performance.now()
  let mails = 0
  let bytes = 0
  return {
    read(more) {
      bytes += more
    },
    done(more) {
      mails += more
      const seconds = (performance.now() - began) / 1000
      line.draw(() => progressWords({ mails, bytes, totalBytes, seconds }))
    },
    end: line.end,
  }
}

/** How many of so many mails are written. */
export function openCount(screen: Screen) {
  const line = openLine(screen)
  return {
    at: (mails: number, of: number) =>
      line.draw(() => `${mails.toLocaleString('en')} of ${of.toLocaleString('en')} mails`),
    end: line.end,
  }
}

type So = {
  readonly mails: number
  readonly bytes: number
  readonly totalBytes: number
  readonly seconds: number
}

/** `12,300 mails, 820/s, 41 of 96 MB (43%), 1 min 10 s left`. */
export function progressWords({ mails, bytes, totalBytes, seconds }: So): string {
  const rate = seconds > 0 ? Math.round(mails / seconds) : 0
  const head = `${mails.toLocaleString('en')} mails, ${rate.toLocaleString('en')}/s`
  if (totalBytes === 0) return head
  const share = Math.min(1, bytes / totalBytes)
  const part = `${megabytes(bytes)} of ${megabytes(totalBytes)} MB (${Math.floor(share * 100)}%)`
  if (share === 0 || seconds < 1) return `${head}, ${part}`
  return `${head}, ${part}, ${timeWords((seconds * (1 - share)) / share)} left`
}

function megabytes(bytes: number): string {
  const amount = bytes / 1024 / 1024
  return amount < 10 ? amount.toFixed(1) : Math.round(amount).toLocaleString('en')
}

function timeWords(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
