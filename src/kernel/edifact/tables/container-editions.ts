/** Older editions of the stowage, container and port call messages and of APERAK; form, source and tests as `editions.ts` says. */
import type { Editions } from './editions.ts'

export const CONTAINER_EDITIONS: Editions = {
  BAPLIE: [
    { directory: 'D15A', edits: ['LOC! ATT99 > LOC!', 'HAN99 ATT99 > HAN99'] },
    { directory: 'D13B' },
    {
      directory: 'D08A',
      structure:
        'BGM! DTM! 9(RFF! DTM9) 9(NAD! 9(CTA! COM9)) 3!(TDT! LOC2! DTM99! RFF FTX) 99999(LOC! GID GDS FTX9 MEA9! DIM9 TMP RNG LOC9 RFF! 3(EQD! EQA9 NAD9 RFF9) 999(DGS! FTX))',
    },
    { directory: 'D03B', edits: ['99999(LOC! > 9999(LOC!'] },
    { directory: 'D01B' },
    { directory: 'D99A' },
    { directory: 'D96A', edits: ['9(NAD! 9(CTA! COM9)) > NAD3', 'NAD9 RFF9) > NAD)'] },
    { directory: 'D95B', edits: ['9(RFF! DTM9) > RFF'] },
  ],
  MOVINS: [
    {
      directory: 'D08A',
      structure:
        'BGM! DTM! 9(RFF! DTM9) 9(NAD! 9(CTA! COM9)) 3!(TDT! LOC! DTM99! RFF FTX) 99999(HAN! 99999(LOC! RFF99! FTX9 MEA9 DIM9 LOC9 NAD99! 1(TMP! RNG) 99(EQD! EQN) 99(EQA! EQN) 9999(GID! GDS) 999(RFF! 99!(DGS! FTX))))',
    },
    { directory: 'D03B', edits: ['99999(HAN! 99999(LOC! > 9999!(HAN! 9999!(LOC!'] },
    { directory: 'D01B' },
    { directory: 'D99A' },
    { directory: 'D96A', edits: ['9(NAD! 9(CTA! COM9)) > NAD3'] },
    { directory: 'D95B', edits: ['9(RFF! DTM9) > RFF'] },
  ],
  COARRI: [
    {
      directory: 'D08A',
      edits: ['99999(EQD! > 9999(EQD!', 'ATT99 FTX9 > FTX9', '999(DGS! ATT9 > 99(DGS!', 'HAN99 > HAN9', 'DTM9 9(LOC! DTM9)) > LOC9 DTM9)'],
    },
    { directory: 'D03B' },
    { directory: 'D01B', also: ['D00B'] },
    {
      directory: 'D99A',
      edits: [
        'DTM9 RFF9 9(LOC! DTM9)) > RFF9 LOC9 DTM9)',
        '9999(EQD! > 9999!(EQD!',
        '9(LOC! DTM9) > LOC9',
        '9(TMP! RNG) > TMP9 RNG9',
        '99(DGS! FTX9 MEA9 9(CTA! COM9)) > DGS9',
      ],
    },
    {
      directory: 'D96A',
      also: ['D95B'],
      structure:
        'BGM! FTX9 RFF9 1!(TDT! RFF9 LOC9 DTM9) 9!(NAD! CTA9) 9999!(EQD! RFF9 TMD9 DTM9 LOC9 MEA9 DIM9 TMP9 RNG9 SEL9 FTX9 DGS9 EQA9 PIA9 9(DAM! COD) 1(TDT! LOC9 DTM9) NAD) CNT!',
    },
  ],
  CODECO: [
    {
      directory: 'D08A',
      edits: [
        '99999(GID! > 999(GID!',
        'SGP999 999(DGS! ATT9 FTX9 > SGP999 99(DGS! FTX9',
        '99999!(EQD! > 9999!(EQD!',
        'HAN99 ATT99 > HAN9',
        '999(DGS! ATT9 > 99(DGS!',
      ],
    },
    { directory: 'D03B', edits: ['9(TDT! DTM9 RFF9 9(LOC! DTM9)) > 9(TDT! DTM9 9(LOC! DTM9))'] },
    { directory: 'D01B', also: ['D00B'] },
    {
      directory: 'D99A',
      edits: [
        'DTM9 RFF9 9(LOC! DTM9)) > RFF9 LOC9 DTM9)',
        '9(TMP! RNG) SGP999 99(DGS! FTX9 MEA9 > TMP9 RNG9 SGP999 9(DGS! FTX9',
        'DTM9 9(LOC! DTM9)) NAD9 99(DGS! FTX9 MEA9 9(CTA! COM9)) 9(TMP! RNG)) > LOC DTM) NAD9)',
      ],
    },
    {
      directory: 'D96A',
      also: ['D95B'],
      structure:
        'BGM! FTX9 RFF9 1(TDT! RFF9 LOC9 DTM9) 9!(NAD! CTA9) 999(GID! HAN9 FTX9 PIA9 MEA9 TMP9 RNG9 SGP999 9(DGS! FTX9)) 999!(EQD! RFF9 TMD9 DTM9 LOC9 MEA9 DIM9 SEL9 FTX9 EQA9 9(DAM! COD) 9(TDT! LOC DTM) NAD9) CNT!',
    },
  ],
  COPARN: [
    {
      directory: 'D08A',
      edits: [
        '99999(GID! > 999(GID!',
        'MEA9) 999(DGS! ATT9 FTX9 > MEA9) 99(DGS! FTX9',
        '99999!(EQD! > 9999!(EQD!',
        'ATT99 FTX9 > FTX9',
        '999(DGS! ATT9 > 99(DGS!',
        'HAN99 > HAN9',
      ],
    },
    { directory: 'D03B', edits: ['9(TDT! DTM9 RFF9 9(LOC! DTM9)) 9(NAD! > 9(TDT! DTM9 9(LOC! DTM9)) 9(NAD!'] },
    { directory: 'D01B', also: ['D02A', 'D00B'] },
    {
      directory: 'D99A',
      edits: [
        'DTM9 RFF9 9(LOC! DTM9)) > RFF9 LOC9 DTM9)',
        '9(DOC! DTM9 LOC9) > DOC9',
        '99(DGS! FTX9 MEA9 9(CTA! COM9)) 9(TMP! RNG)) > 9(DGS! FTX9 MEA9))',
        '9(TMP! RNG) > TMP9 RNG9',
        '99(DGS! FTX9 MEA9 > 1(DGS!',
        'DTM9 9(LOC! DTM9)) > LOC9 DTM9)',
      ],
    },
    {
      directory: 'D96A',
      also: ['D95B'],
      edits: [
        'DTM9 TSR9 FTX99 LOC9 9(RFF! DTM9) > TSR FTX9 RFF9!',
        '9(CTA! COM9) RFF9 > CTA9 RFF9',
        '99(NAD! > 9(NAD!',
        '9999!(EQD! > 999!(EQD!',
        'PCD9 1(DGS! 9(CTA! COM9)) > DGS',
        'COD HAN9 9(DAM! > 9(DAM!',
        'COM RFF9)) CNT > COM)) CNT!',
      ],
    },
  ],
  COPINO: [
    {
      directory: 'D08A',
      edits: [
        '99999(GID! > 999(GID!',
        'SGP999 999(DGS! ATT9 FTX9 > SGP999 99(DGS! FTX9',
        '99999!(EQD! > 999!(EQD!',
        'HAN99 ATT99 > HAN9',
        '999(DGS! ATT9 > 99(DGS!',
      ],
    },
    { directory: 'D03B', edits: ['1!(TDT! DTM9 RFF9 9(LOC! DTM9)) > 1!(TDT! DTM9 9(LOC! DTM9))'] },
    { directory: 'D01B', also: ['D00B'], edits: ['RFF9 9(LOC! > 9(LOC!'] },
    {
      directory: 'D99A',
      structure:
        'BGM! DTM9 FTX9 9(RFF! DTM9) 1!(TDT! LOC9 DTM9) 9!(NAD! 9(CTA! COM9)) 999(GID! HAN9 TMP9 RNG9 SGP999 9(DGS! FTX9 9(CTA! COM9))) 999!(EQD! RFF9 EQN MEA9 DIM9 FTX9 PCD9 SEL9 EQA HAN9 9(TDT! LOC9 DTM9) NAD9) CNT',
    },
    {
      directory: 'D96A',
      also: ['D95B'],
      structure:
        'BGM! FTX9 RFF9 1!(TDT! LOC9 DTM9) 9!(NAD! CTA9) 999(GID! HAN9 TMP9 RNG9 SGP999 DGS9) 999!(EQD! RFF9 EQN MEA9 DIM9 SEL9 EQA 9(TDT! LOC9 DTM9) NAD9) CNT!',
    },
  ],
  COPRAR: [
    { directory: 'D08A', edits: ['99999!(EQD! > 9999!(EQD!', 'ATT99 FTX9 > FTX9', '999(DGS! ATT9 > 99(DGS!', 'HAN99 > HAN9'] },
    { directory: 'D03B' },
    { directory: 'D01B', also: ['D00B'] },
    {
      directory: 'D99A',
      edits: [
        'DTM9 RFF9 9(LOC! DTM9) FTX9) > RFF9 LOC9 DTM9 FTX9)',
        '9(TMP! RNG) > TMP9 RNG9',
        '99(DGS! FTX9 MEA9 9(CTA! COM9)) > DGS9',
        'DTM9 RFF9 9(LOC! DTM9)) > RFF9 LOC9 DTM9)',
      ],
    },
    {
      directory: 'D96A',
      also: ['D95B'],
      edits: [
        'DTM9 FTX9 9(RFF! DTM9) > FTX9 RFF9!',
        '9(CTA! COM9)) > CTA9)',
        'PCD9 DGS9 > DGS9',
        'HAN9 1(TDT! > 1(TDT!',
        'NAD9) CNT > NAD) CNT!',
      ],
    },
  ],
  COREOR: [
    {
      directory: 'D08A',
      also: ['D08B'],
      edits: [
        '99999(GID! > 999(GID!',
        'MEA9) 999(DGS! ATT9 FTX9 > MEA9) 99(DGS! FTX9',
        '99999(EQD! > 9999(EQD!',
        'HAN99 ATT99 > HAN9',
        '999(DGS! ATT9 > 99(DGS!',
      ],
    },
    { directory: 'D03B', edits: ['9(TDT! DTM9 RFF9 9(LOC! DTM9)) > 9(TDT! DTM9 9(LOC! DTM9))'] },
    { directory: 'D01B' },
    {
      directory: 'D00B',
      edits: ['RFF9! DTM9 TSR9 9(LOC! DTM9) MEA9 > RFF9! TSR9 MEA9', '9(TDT! DTM9 9(LOC! DTM9)) 9(NAD! > 9(TDT! DTM9) 9(LOC! DTM9) 9(NAD!'],
    },
    {
      directory: 'D99A',
      structure:
        'BGM! DTM9 FTX9 9(RFF! DTM9) 1!(TDT! RFF9 LOC9 DTM9) 9!(NAD! 9(CTA! COM9) RFF9 DTM9) 999(GID! HAN9 FTX9 9(NAD! DTM9 RFF9) MEA9 PCI9 999(SGP! MEA9) 9(DGS! FTX9 MEA9 9(CTA! COM9))) 9999(EQD! RFF9! TSR9 MEA9 DIM9 TMP9 RNG9 SEL9 FTX9 PCD9 EQA HAN9 9(TDT! LOC9 DTM9) 9(NAD! DTM CTA COM)) CNT',
    },
    {
      directory: 'D96A',
      also: ['D95B'],
      edits: [
        'DTM9 FTX9 9(RFF! DTM9) > FTX9 RFF9',
        '9(CTA! COM9) RFF9 > CTA9 RFF9',
        'MEA9 9(CTA! COM9))) 9999(EQD! > MEA9)) 999(EQD!',
        'PCD9 EQA HAN9 > EQA',
        'CNT > CNT!',
      ],
    },
  ],
  VERMAS: [{ directory: 'D16A' }],
  CALINF: [
    { directory: 'D08A' },
    { directory: 'D03B' },
    { directory: 'D01B' },
    { directory: 'D99A', edits: ['DTM9 RFF9 9!(LOC! DTM9) > RFF9 LOC9! DTM9!'] },
    { directory: 'D96A', also: ['D95B'], structure: 'BGM! RFF9 9!(NAD! CTA9) 1!(TDT! RFF9 LOC9! DTM9! FTX9) 9(QTY! FTX)' },
  ],
  BERMAN: [
    { directory: 'D08A' },
    { directory: 'D03B', edits: ['99(TSR! > 9(TSR!'] },
    { directory: 'D01B', edits: ['QTY9 99!(NAD! > 9!(NAD!', 'COM9 999(LOC! > 999(LOC!', 'NAD99 9(DOC! DTM9 LOC9))) > NAD99))'] },
  ],
  APERAK: [
    { directory: 'D08A' },
    { directory: 'D03B' },
    { directory: 'D01B' },
    { directory: 'D99A' },
    { directory: 'D96A', also: ['D95B'], structure: 'BGM! DTM9 FTX9 CNT9 9(RFF! DTM9) 9(NAD! CTA9 COM9) 999(ERC! FTX 1(RFF! FTX9))' },
  ],
}
