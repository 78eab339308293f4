/**
 * Legal forms that the table beside lacks, in its form. V: read in the list of ISO 20275, version 1.5 of 28 September 2023, as GLEIF publishes it (codes CHX6, PKRY, 37G2, DP3Q, P864, R6UT,
 * 1OR3, QCA0, TIZ2; KHAB for DOO), but for two that it does not have: SARLAU in Art 45 of the Moroccan law 5-96, DOOEL in texts of North Macedonia on its companies of one person.
 * ME and EPP behind a Brazilian form say how small the company was: Art 72 of Lei Complementar 123/2006, in force until 2017.
 */
export const FORMS_ADDED = `
sac=jsc: sociedad anonima cerrada; saa=jsc: sociedad anonima abierta; sacs=jsc: sociedad por acciones cerrada simplificada; sl=llc: sociedad limitada;
slu=llc: sociedad limitada unipersonal; dd=jsc: delniska druzba; ike=llc: idiotiki kefaleouchiki eteria; oe=gp: omorrythmi eteria;
sarlau=llc: sarl au|societe a responsabilite limitee dassocie unique; dooel=llc: drushtvo so ogranichena odgovornost na edno litse|drustvo so ogranicena odgovornost na edno lice;
doo=llc: drushtvo so ogranichena odgovornost|drustvo so ogranicena odgovornost; ltd=llc: ltda me|ltda epp;
`
