import { readTable } from './lexicon-table.ts'

/** Numbers as words, for names of organisations and vessels. After opensanctions/rigour, resources/text/ordinals.yml (MIT, see NOTICE). */
export const NUMBER_WORDS: ReadonlyMap<string, string> = readTable(
  `0: zero|zeroth|nought; 1: one|first|erste|erster|erstes|premier|premiere|primero|primera|primeiro|primeira|primo|prima|odin|pervyy|pervaya|eerste|forsta;
2: two|second|zwei|zweite|zweiter|deux|deuxieme|segundo|segunda|dos|dva|vtoroy|tweede|andra; 3: three|third|drei|dritte|dritter|trois|troisieme|tercero|tercera|terceiro|tres|tri|tretiy|derde;
4: four|fourth|vier|vierte|vierter|quatre|quatrieme|cuarto|cuarta|cuatro|quarto|quarta|chetyre|vierde; 5: five|fifth|funf|funfte|funfter|cinq|cinquieme|quinto|quinta|cinco|pyat|vijf|vijfde;
6: six|sixth|sechs|sechste|sechster|sixieme|sexto|sexta|seis|shest|zes|zesde; 7: seven|seventh|sieben|siebte|siebter|sept|septieme|septimo|septima|siete|sete|zeven|zevende;
8: eight|eighth|acht|achte|achter|huit|huitieme|octavo|octava|ocho|oito|vosem|achtste; 9: nine|ninth|neun|neunte|neunter|neuf|neuvieme|noveno|novena|nueve|nove|devyat|negen|negende;
10: ten|tenth|zehn|zehnte|zehnter|dix|dixieme|decimo|decima|diez|dez|desyat|tien|tiende; 11: eleven|eleventh|elf|elfte|onze|once|undecimo|odinnadtsat; 12: twelve|twelfth|zwolf|zwolfte|douze|doce|duodecimo|dvenadtsat;
13: thirteen|thirteenth|dreizehn|treize|trece; 14: fourteen|fourteenth|vierzehn|quatorze|catorce; 15: fifteen|fifteenth|funfzehn|quinze|quince; 16: sixteen|sixteenth|sechzehn|seize|dieciseis;
17: seventeen|seventeenth|siebzehn|diecisiete; 18: eighteen|eighteenth|achtzehn|dieciocho; 19: nineteen|nineteenth|neunzehn|diecinueve; 20: twenty|twentieth|zwanzig|zwanzigste|vingt|veinte|vinte|dvadtsat;
30: thirty|thirtieth|dreissig|trente|treinta|trinta; 40: forty|fortieth|fourty|vierzig|quarante|cuarenta; 50: fifty|fiftieth|funfzig|cinquante|cincuenta; 60: sixty|sixtieth|sechzig|soixante|sesenta;
70: seventy|seventieth|siebzig|setenta; 80: eighty|eightieth|achtzig|ochenta; 90: ninety|ninetieth|neunzig|noventa; 100: hundred|hundredth|hundert|cent|cien;`,
  'spellings',
)
