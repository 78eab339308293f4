/** What the commands by which a coalition is kept say of themselves. */

const ENDS = `  --json   one JSON object; what is refused stands in it as {refused: {code, detail}}

Exit codes: 0 done; 1 refused, with a code that says why, and nothing written; 2 usage.`

export const COALITION_USAGE: Readonly<Record<string, string>> = {
  'node new': `Usage: breakwater node new --id NODE --title TEXT --org ORG… --endpoint ENDPOINT [--json]

Makes the keys of a node that is to join a coalition, in BREAKWATER_HOME, readable by their owner only. No private key leaves that folder.

  --org        each organisation the node speaks for
  --endpoint   how others reach it: https://HOST:PORT; nats://HUB by the coalition's broker; bundle: by hand (docs/operate/carriers.md)
${ENDS}`,

  'node rotate': `Usage: breakwater node rotate [--endpoint ENDPOINT] [--json]

Makes new keys of the member in BREAKWATER_HOME, beside those in force: they come in by the same way as those of a new node, vouched for by the
member itself. The key of the log stays: peers witnessed the log under it.

  --endpoint   when others shall reach it elsewhere from then on
${ENDS}`,

  'node apply': `Usage: breakwater node apply (--org ORG.json | --as ORG) --out FILE [--json]

Writes the application for the keys that wait in BREAKWATER_HOME: what the directory shall state of an organisation, the public keys, and the
request for a certificate.

  --org   the organisation: id, name, kind, realm, country, thirdCountry, units (as in the plan of node init)
  --as    an organisation as the directory states it already, for a rotation
${ENDS}`,

  'node answer': `Usage: breakwater node answer CHALLENGE --out FILE [--json]

Proves that the node in BREAKWATER_HOME holds every key it applied with.

${ENDS}`,

  'node vouch': `Usage: breakwater node vouch PROOF --as ORG --out FILE [--json]

Vouches for an applicant with the seal of a member that the node in BREAKWATER_HOME speaks for. New keys of a member are vouched for by
the member itself, with the seal it has in the directory.

${ENDS}`,

  'node join': `Usage: breakwater node join WELCOME [--directory FILE] [--anchor DIGEST] [--json]

Puts the keys that wait in BREAKWATER_HOME in force, once the signed directory lists every one of them. A running node takes them at its next start.

  --directory   the signed directory, when the node does not hold it yet
  --anchor      digest of the stewards as a member read it out (directory show); a node that joins must be given it
${ENDS}`,

  'directory draft': `Usage: breakwater directory draft --from directory.jws --out FILE [--days N] [--suspend ORG…] [--resume ORG…] [--leave ORG…]
                                  [--revoke KEY…] [--at INSTANT] [--succession FILE] [--json]

Makes the next version of a directory, unsigned: renewed for N days (default 10, at most 366), and changed.

  --revoke       a key by its id, or a certificate as pin:…, as directory show writes it
  --at           since when the revocation or suspension counts (default: now); never in the future
  --succession   the stewards from this version on (directory succeed)
${ENDS}`,

  'directory show': `Usage: breakwater directory show FILE [--against FILE] [--json]

Says what a draft or signed directory states: version, expiry, digest, the anchor of its stewards, organisations. It is shown, not trusted.

  --against   the version before: says everything that changes
${ENDS}`,

  'directory anchor': `Usage: breakwater directory anchor --from directory.jws --out FILE [--json]

Writes the anchor of a coalition for officers of another one: its name, its stewards, how many must sign. Two of them compare the digest.

${ENDS}`,

  'directory sign': `Usage: breakwater directory sign FILE --steward KEY.json --out FILE [--json]

Adds one steward's signature to a draft, to a succession of stewards, or to what others have signed.

${ENDS}`,

  'directory accept': `Usage: breakwater directory accept FILE [--json]

Takes a directory into the node in BREAKWATER_HOME, when enough of its stewards signed it and it is newer. A running node looks once a
minute and tells its peers.

${ENDS}`,

  'directory challenge': `Usage: breakwater directory challenge APPLICATION --out FILE --secret FILE [--json]

Makes a challenge for an applicant. The secret stays with the stewards.

${ENDS}`,

  'directory admit': `Usage: breakwater directory admit PROOF --secret FILE --draft DRAFT --out FILE --authority AUTHORITY.json --welcome FILE [--json]

Enters an applicant into a draft, when it proved every key and a member vouches for it, and issues the certificate of its node.

  --authority   certificate and key of the coalition's authority, as node init wrote them
  --welcome     goes to the applicant, with the signed directory: its certificate, the authority, the anchor; all of it public
${ENDS}`,

  'directory succeed': `Usage: breakwater directory succeed --from directory.jws --steward KEY.pub… --threshold N --out FILE [--json]

States who the stewards are from now on. Enough of those in office and enough of the new ones sign it; then it goes into a draft. Nodes follow by
these signatures: nobody types or compares a key again.

${ENDS}`,

  'steward new': `Usage: breakwater steward new --name NAME --out FILE [--json]

Makes the key of a steward where it will be used. FILE stays with its holder; FILE.pub is the public half.

${ENDS}`,
}
