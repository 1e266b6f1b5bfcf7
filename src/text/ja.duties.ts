export const jaDuties = { title: '措置の報告' }
export type DutiesText = typeof jaDuties
