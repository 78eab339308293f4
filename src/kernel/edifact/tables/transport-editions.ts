/** Older editions of the customs and transport messages; form, source and tests as `editions.ts` says. */
import type { Editions } from './editions.ts'

export const TRANSPORT_EDITIONS: Editions = {
  CUSCAR: [
    { directory: 'D08A' },
    { directory: 'D03B' },
    { directory: 'D03A', edits: ['DGS99 > DGS9'] },
    { directory: 'D01B', edits: ['GEI9 > GIS9', 'GEI! > GIS!'] },
    { directory: 'D99A', edits: ['DTM 9(CTA! > 9(CTA!', 'LOC 9(TMP! > 9(TMP!'] },
    {
      directory: 'D96A',
      edits: ['LOC9 QTY9 99(RFF! DTM9) > RFF9', 'SGP9999 > SGP99', 'LOC9 TMD9 9(GIS! DTM9 DOC9 PAC9 MEA9) > 9(GIS! DOC9)'],
    },
    {
      directory: 'D95B',
      edits: ['99(NAD! 9(CTA! COM9)) FTX9 > NAD9 FTX9', 'MEA9 9(RFF! TSR9)) > RFF9)', '99(NAD! DTM9 RFF9 > 99(NAD! RFF9'],
    },
  ],
  CUSREP: [
    { directory: 'D08A', edits: ['GPO STS9 99(RFF! > 99(RFF!', '9(GDS! FTX9) 99(LOC! > 99(LOC!', 'GPO DTM9 > DTM9'] },
    { directory: 'D03B' },
    { directory: 'D01B', edits: ['GEI9 > GIS9', 'GEI) > GIS)'] },
    { directory: 'D99A', edits: ['NAD99 > NAD9'] },
    { directory: 'D96A', edits: ['POC99 FTX9 > FTX9', 'FII LOC RFF DTM9 GIS) > GIS)', 'QTY9 NAD9 MEA9 POC9 STS9 FTX9)) > QTY9))'] },
    { directory: 'D95B', edits: ['9(NAD! > 5(NAD!'] },
  ],
  CUSRES: [
    { directory: 'D08A', edits: ['99999(ERP! > 99(ERP!', '99999(TAX! > 999999(TAX!'] },
    { directory: 'D03B' },
    {
      directory: 'D01B',
      edits: [
        'GEI10 EQD999 99(NAD! > GIS10 EQD999 9(NAD!',
        'GEI99) 99999(DOC! > GIS99) 9999(DOC!',
        'PCI9 FTX99 TDT9 > PCI9 FTX9 TDT9',
        'GEI99 MEA99 > GIS9 MEA99',
        '9(CUX! DTM)) > CUX9)',
        'GEI99) > GIS99)',
        'GEI99 > GIS99',
      ],
    },
    { directory: 'D99A', also: ['D99B'], edits: ['999999(TAX! > 99(TAX!'] },
    {
      directory: 'D96A',
      also: ['D95B'],
      structure:
        'BGM! NAD5 LOC5 DTM7 GIS10 FTX5 EQD999 50(ERP! ERC50) 999(PAC! 1(PCI! FTX)) 50(TAX! MOA2 GIS) 9999!(RFF! DTM MEA20 EQD99 10(MOA! CUX) 20(TAX! MOA2 GIS)) 5(DOC! DTM2 LOC) 1(AUT! DTM)',
    },
  ],
  IFTMIN: [
    {
      directory: 'D08A',
      edits: [
        '9(TSR! SCC9) > TSR9',
        '99(EFI! CED99 COM9 RFF9 DTM9 QTY9) 99999(GID! HAN99 TMP9 RNG9 > 999(GID! HAN99 TMP RNG',
        'RNG FTX9 > FTX9',
      ],
    },
    { directory: 'D03B' },
    { directory: 'D01B', also: ['D00B'] },
    { directory: 'D99A', edits: ['GDS9 99(LOC! > 99(LOC!', '99(DGS! FTX99 > 9(DGS! FTX99', 'EQN) 99(DGS! FTX9 9(CTA! COM9))) > EQN))'] },
    {
      directory: 'D96A',
      edits: [
        '999(RFF! > 99(RFF!',
        'DTM9) 9(RFF! > DTM) 9(RFF!',
        'DTM) 99(TCC! CUX PRI EQN > DTM) 99(TCC! PRI EQN',
        'HAN99 > HAN',
        'FTX99 PCD9 9(NAD! DTM LOC9) > FTX9 9(NAD! DTM)',
        '999(PCI! > 9(PCI!',
        'RFF9 99(TCC! CUX > 99(TCC!',
      ],
    },
    { directory: 'D95B', edits: ['(CPI! RFF99 > (CPI!'] },
  ],
  IFTMBF: [
    { directory: 'D08A', edits: ['9(TSR! SCC9) > TSR9', '99999(GID! HAN TMP9 RNG9 > 999(GID! HAN TMP RNG', 'RNG FTX9 > FTX9'] },
    { directory: 'D03B' },
    { directory: 'D01B' },
    {
      directory: 'D99A',
      edits: ['GDS9 99(LOC! > 99(LOC!', '99(DGS! FTX99 > 9(DGS! FTX99', 'COM9)) 99(DGS! FTX9 9(CTA! COM9))) > COM9)))'],
    },
    { directory: 'D96A', edits: ['DTM9) 9(RFF! > DTM) 9(RFF!', 'PCD9 9(NAD! > 9(NAD!', 'RFF9 9(NAD! > 9(NAD!'] },
    { directory: 'D95B', edits: ['(CPI! RFF99 > (CPI!', 'DTM GIN9 > DTM'] },
  ],
  IFTMBC: [
    { directory: 'D08A', edits: ['9(TSR! SCC9) > TSR9', '99999(GID! HAN TMP9 RNG9 > 999(GID! HAN TMP RNG'] },
    { directory: 'D03B' },
    { directory: 'D01B' },
    { directory: 'D99A', edits: ['GDS9 99(LOC! > 99(LOC!', '99(DGS! FTX99 > 9(DGS! FTX99', 'DTM) 99(DGS! FTX9 9(CTA! COM9))) > DTM))'] },
    {
      directory: 'D96A',
      also: ['D95B'],
      edits: [
        'DTM9) 9(RFF! > DTM) 9(RFF!',
        '9(CTA! COM9) 99(TSR! > 99(TSR!',
        'PCD9 9(NAD! > 9(NAD!',
        '9(CTA! COM9) 9(MEA! > 9(MEA!',
        'RNG9 FTX9 RFF9 > FTX9',
      ],
    },
  ],
  IFTMCS: [
    { directory: 'D08A', edits: ['9(TSR! SCC9) > TSR9', '99999(GID! HAN TMP9 RNG9 > 999(GID! HAN TMP RNG', 'RNG FTX9 > FTX9'] },
    { directory: 'D03B' },
    { directory: 'D01B' },
    { directory: 'D99A', edits: ['GDS9 99(LOC! > 99(LOC!', '99(DGS! FTX99 > 9(DGS! FTX99', 'EQN) 99(DGS! FTX9 9(CTA! COM9))) > EQN))'] },
    {
      directory: 'D96A',
      edits: [
        'DTM9) 9(RFF! > DTM) 9(RFF!',
        'DTM) 99(TCC! CUX PRI EQN > DTM) 99(TCC! PRI EQN',
        'PCD9 9(NAD! > 9(NAD!',
        'RFF9 99(TCC! CUX > 99(TCC!',
      ],
    },
    { directory: 'D95B', edits: ['(CPI! RFF99 > (CPI!', 'DTM GIN9 > DTM'] },
  ],
  IFCSUM: [
    {
      directory: 'D08A',
      edits: [
        '9(TSR! SCC9) 9(LOC! > TSR9 9(LOC!',
        '9(CTA! COM9)) 99(EFI! CED99 COM9 RFF9 DTM9 QTY9)) > 1!(CTA! COM9)))',
        '9(TSR! SCC9) > TSR9',
        '99(EFI! CED99 COM9 RFF9 DTM9 QTY9) 99999(GID! HAN TMP9 RNG9 > 999(GID! HAN TMP RNG',
        'RNG FTX9 > FTX9',
      ],
    },
    { directory: 'D03B' },
    { directory: 'D01B', edits: ['9(RFF! DTM9) 9(NAD! > 9(NAD!', '9999(EQD! > 999(EQD!', 'GIN9999 > GIN9'] },
    {
      directory: 'D99A',
      edits: [
        'PCD GDS9 9(RFF! > 9(RFF!',
        '99(ICD! DTM FTX9) 9(TDT! DTM9 TSR9 9(LOC! DTM9) > 9(TDT! TSR9 LOC9 DTM9',
        '99(TCC! MOA9 PCD) 99(ICD! DTM FTX9) 9(NAD! > 9(NAD!',
        'EQN) 99(DGS! FTX9 1!(CTA! COM9))) > EQN))',
        'PCD9 MOA99 > MOA99',
        'GDS9 99(LOC! > 99(LOC!',
        '99(ICD! DTM FTX9) 99(TDT! > 99(TDT!',
        'DTM) 99(TCC! MOA9 PCD) 99(ICD! DTM FTX9)) > DTM))',
        'MEA9 DIM FTX9) > DIM)',
        '99(ICD! DTM FTX9) 99(DGS! > 9(DGS!',
        'EQN) 99(DGS! FTX9 9(CTA! COM9)))) > EQN)))',
      ],
    },
    {
      directory: 'D96A',
      edits: [
        '9(NAD! 9(CTA! COM9) 9(RFF! DTM9)) 9(TCC! CUX > 9(TCC!',
        'DTM) 9(TCC! CUX PRI EQN > DTM) 9(TCC! PRI EQN',
        'QTY9) 9(RFF! DTM9))) > QTY9)))',
        'RFF9 PCD9 99(EQA! > 99(EQA!',
        '999(RFF! > 99(RFF!',
        'DTM9) 9(RFF! > DTM) 9(RFF!',
        'DTM) 99(TCC! CUX PRI EQN > DTM) 99(TCC! PRI EQN',
        'GIN99 FTX9 > FTX9',
        '999(PCI! > 9(PCI!',
        'GIN9 DIM) > GIN9)',
        'SEQ 9(MEA! > 9(MEA!',
        'EQN)) 99(TCC! CUX PRI EQN > EQN)) 99(TCC! PRI EQN',
        'PCD9 99(TCC! CUX > 99(TCC!',
      ],
    },
    { directory: 'D95B', edits: ['(CPI! RFF99 > (CPI!', 'DTM GIN9 > DTM'] },
  ],
  IFTSTA: [
    {
      directory: 'D08A',
      structure:
        'BGM! DTM9 TSR 9(NAD! 9(CTA! COM9)) 9(RFF! DTM) LOC9 FTX9 CNT9 99999(CNI! LOC9 CNT9 99!(STS! RFF999 DTM9 DOC FTX9 9(NAD! 9(CTA! COM9)) LOC PCI99 99(TDT! DTM9 RFF9 9(LOC! DTM9)) 99(EQD! MEA9 DIM9 SEL9 RFF9 TPL9 TMD 9(LOC! DTM9) 99(EQA! SEL9 9(LOC! DTM9))) 99(GID! HAN9 SGP99 DGS9 FTX9 GDS9 LOC9 QTY9 99(MEA! EQN) 99(DIM! EQN) 99(PCI! GIN9999) 9(RFF! DTM9))))',
    },
    { directory: 'D03B' },
    {
      directory: 'D01B',
      edits: [
        '9(LOC! DTM9) 99(EQA! SEL9 9(LOC! DTM9))) > 99(EQA! SEL9))',
        'GDS9 LOC9 QTY9 99(MEA! > 99(MEA!',
        'GIN9999) 9(RFF! DTM9)))) > GIN9))))',
      ],
    },
    { directory: 'D00B', edits: ['9(NAD! 9(CTA! COM9)) LOC PCI99 > NAD9 LOC PCI99'] },
    { directory: 'D99A', edits: ['DTM9 RFF9 9(LOC! DTM9)) > RFF9 LOC9 DTM9)'] },
    {
      directory: 'D96A',
      edits: ['99999(CNI! > 999(CNI!', 'RFF999 > RFF9', 'RFF9 TPL9 TMD 99(EQA! > 99(EQA!', 'SGP99 DGS9 FTX9 99(MEA! > 99(MEA!'],
    },
    { directory: 'D95B', edits: ['DOC FTX9 > FTX9', '99(PCI! GIN9) > PCI99'] },
  ],
  IFTSAI: [
    { directory: 'D08A', edits: ['999(DTM! FTX9) 9(EQD! EQN) 999(TDT! 999(LOC! DTM999) 9(EQD! EQN)) CNT!)) > 9(DTM! FTX9)))'] },
    { directory: 'D03B', edits: ['TPL DTM9) > TPL)', '999(LOC! RFF9 FTX9 9(DTM! FTX9))) > 99(LOC! DTM9 RFF9))', 'FTX9 DTM9)) > FTX9))'] },
    { directory: 'D01B', also: ['D00B'], edits: ['GEI > GIS'] },
    { directory: 'D99A', edits: ['999(EQD! > 9(EQD!', 'RFF9 TPL) > RFF9)'] },
    { directory: 'D96A', edits: ['GIS 9(RFF! > 9(RFF!', 'FTX9 RFF9) > FTX9)', 'RFF9 FTX9 > FTX9', 'DTM9 RFF9)) > DTM9))'] },
    { directory: 'D95B', edits: ['9(RFF! DTM9) > RFF9'] },
  ],
}
