import type { DutiesText } from './ja.duties.ts'

export const enDuties: DutiesText = { title: 'Report of duties' }
