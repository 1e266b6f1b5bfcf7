/** What partners call their numbers, in either language. */
const label =
  'ticket|case|ref(?:erence)?|id|no|number|request|incident|inquiry|issue|案件|受付|管理|整理|お?問い?合わ?せ|チケット|依頼|照会'

/** A number in brackets that says what it is: `[Ticket#12345]`, `【案件No.123】`, `(ID:ABC-1234)`. */
const labelled = new RegExp(
  `[[(【〔<](?:${label})[ #:.\\-]{0,3}(?:id|no|number|番号)?[ #:.\\-]{0,3}([a-z0-9][a-z0-9-]{0,29})[\\])】〕>]`,
  'g',
)

/** In square brackets also without a word: `[#123]`, `[ABC-1234]`. */
const bare = /\[(?:#\s?([a-z0-9][a-z0-9-]{0,29})|([a-z]{2,10}-\d{1,10}))\]/g

const readMax = 1_000
const numbersMax = 5

/** The ticket numbers that a subject carries, as a partner's system writes them; the first counts most. */
export function ticketNumbersOf(subject: string): string[] {
  const text = subject.slice(0, readMax).normalize('NFKC').toLowerCase()
  const found = [...text.matchAll(labelled), ...text.matchAll(bare)]
    .toSorted((a, b) => a.index - b.index)
    .map(([, first, second]) => first ?? second ?? '')
    .filter((number) => /\d/.test(number))
  return [...new Set(found)].slice(0, numbersMax)
}

/**
 * Domains whose addresses belong to strangers of one another. A ticket number ties together the
 * people of one company, never those of one provider.
 */
const providers: ReadonlySet<string> = new Set(
  [
    'gmail.com outlook.com outlook.jp hotmail.com hotmail.co.jp live.com live.jp msn.com icloud.com',
    'me.com mac.com yahoo.com yahoo.co.jp ymail.ne.jp aol.com gmx.com gmx.de gmx.net web.de mail.com',
    'proton.me protonmail.com zoho.com yandex.com yandex.ru mail.ru qq.com 163.com 126.com naver.com',
    'hanmail.net daum.net docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp uqmobile.jp',
    'ymobile.ne.jp ymobile1.ne.jp rakuten.jp rakumail.jp nifty.com biglobe.ne.jp ocn.ne.jp plala.or.jp',
    'so-net.ne.jp dion.ne.jp auone-net.jp asahi-net.or.jp infoseek.jp excite.co.jp goo.jp goo.ne.jp',
    'jcom.home.ne.jp jcom.zaq.ne.jp wakwak.com hi-ho.ne.jp dti.ne.jp tiki.ne.jp eonet.ne.jp',
  ].flatMap((line) => line.split(' ')),
)

/** Whose numbers these are: the company's domain, or the one address where the domain is a provider's. */
export function ticketScopeOf(address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const shared = [...providers].some((one) => domain === one || domain.endsWith(`.${one}`))
  return shared ? address : domain
}
