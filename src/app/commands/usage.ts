/** What each command says of itself. The command reference in the documentation is made from this. */
import { SETTINGS } from '#platform/config/settings.ts'
import { COALITION_USAGE } from './usage-coalition.ts'
import { RECORDS_USAGE } from './usage-records.ts'

export interface CommandOutput {
  out(line: string): void
  err(line: string): void
}

export const USAGE: Readonly<Record<string, string>> = {
  '': `Usage: breakwater COMMAND

  start [--demo]                       runs the node in BREAKWATER_HOME, or the demonstration coalition
  node init PLAN.json                  founds a coalition: certificate authority, keys, first directory
  node new | rotate                    makes the keys of a node that is to join, or new keys of a member
  node apply | answer | vouch | join   enrolment: applies, proves its keys, vouches for another, begins
  directory draft | sign | accept      the next directory: made, signed by each steward, taken in
  directory show | anchor              what a directory says and changes; its stewards, for others to trust
  directory challenge | admit          enrolment at the stewards
  steward new, directory succeed       keys of stewards, and handing over to others
  guard key | set-up | draft | sign    rules of the egress guard, in the hands of two persons
  guard accept FILE                    takes signed rules in
  procedures list | check | migrate    procedures as files: what runs, whether a file is whole, cases to a newer wording
  officer add --account … --desk …     adds an officer to the node in BREAKWATER_HOME
  cargo read FILE… [--json]            reads EDIFACT and declaration files and says what is in them
  records search TEXT [--json]         searches the records of a node, as an officer's desk may
  records match FILE [--json]          compares the subjects of a file with them
  id check KIND VALUE [--json]         checks a container, IMO, UN/LOCODE or HS number
  manifest verify MANIFEST FILE…       checks evidence beside its transmission manifest, offline
  audit verify [--json]                recomputes the log against its signed checkpoints
  audit prove ENTRY [--out FILE]       writes a proof of one entry
  audit check PROOF --key KEY          checks such a proof, offline
  bundle export --to ORG --out FILE    writes what waits for an organisation into a signed file, for an air gap
  bundle import FILE                   takes such a file in and writes the answers for the way back
  story [--kill] [--json]              tells the first story against fresh nodes, as separate processes over HTTPS

breakwater COMMAND --help says more. Settings are environment variables: docs/operate/configure.md.`,

  start: `Usage: breakwater start [--demo [--fresh]]

Runs the node whose home is ${SETTINGS.home.env} (default ${SETTINGS.home.fallback}) until it is told to stop.

  --demo    runs three nodes of a demonstration coalition instead, with generated documents; accounts and their
            random passwords are printed once, on the first start
  --fresh   with --demo: forgets the demonstration of before and makes a new one`,

  'node init': `Usage: breakwater node init PLAN.json [--out FOLDER]
       breakwater node init --example

Founds a coalition from a plan: organisations with their desks, and nodes with their addresses. Makes the private certificate
authority of the link, three stewards of whom two must sign the directory, the keys of each node, and the first directory.
Each node's folder under FOLDER is moved to its machine and becomes its BREAKWATER_HOME; authority and stewards go to a safe.

  --out FOLDER   where to write (default .breakwater/coalition); it must not exist yet
  --example      prints the plan of the demonstration as an example`,

  ...COALITION_USAGE,
  ...RECORDS_USAGE,

  'guard key': `Usage: breakwater guard key --name NAME --out FILE

Makes the key of one person who may sign rules of the egress guard. FILE stays with the person, FILE.public goes to the node.`,

  'guard set-up': `Usage: breakwater guard set-up KEY.public KEY.public [KEY.public…]

Names, once, who may sign rules for the node in BREAKWATER_HOME; two of them have to.`,

  'guard draft': `Usage: breakwater guard draft --out FILE

Writes the rules in force of the node in BREAKWATER_HOME, one version up, to be changed and signed.`,

  'guard sign': `Usage: breakwater guard sign FILE --key KEY --out FILE

Adds one person's signature to a draft, or to rules that the other has signed.`,

  'guard accept': `Usage: breakwater guard accept FILE

Takes rules that two persons signed into the node in BREAKWATER_HOME; it works by them from its next start, and the log keeps it.`,

  'procedures list': `Usage: breakwater procedures list [--json]

Lists the procedures of the node in BREAKWATER_HOME with every version that a case may run on; the first is the one in force.`,

  'procedures check': `Usage: breakwater procedures check FILE…

Checks procedure files (YAML) as a node does when it starts, and says file, line, column and reason of every fault. A file that is whole goes into
the folder procedures of the node's home; it is in force from the next start. A new wording gets a new version: cases that run stay on theirs.`,

  'procedures migrate': `Usage: breakwater procedures migrate PR-… --from VERSION --to VERSION

Brings open cases of one version to another that says how (migratesFrom). Cases that another node has a part in stay on their version.`,

  'officer add': `Usage: breakwater officer add --account NAME --name TEXT --desk DESK… --role ROLE…

Adds an officer to the node in BREAKWATER_HOME and prints the first password, once.

  --role   officer, supervisor, partner, data-protection or operator`,

  'cargo read': `Usage: breakwater cargo read FILE… [--json]

Reads EDIFACT (BAPLIE, CUSCAR, IFTMCS, COARRI, CODECO; other messages are counted) and declaration tables (CSV), plain or gzip.

  --json   one JSON object per file and line:
           {file, interchanges, messages: [{type, directory, reference, segments, containers, distinctContainers,
            badCheckDigit, notIso, warnings: [{code, at, text}]}], refused?: {code, at, text}}
           Warnings about an interchange stand with its next message, or else with its last.

Exit codes: 0 every file was read, with or without warnings; 1 at least one file was refused; 2 usage.`,

  'id check': `Usage: breakwater id check KIND VALUE [--json]

KIND is container (ISO 6346), imo, unlocode or hs.

  --json   {kind, value, valid, suggestion?, reason?}

Exit codes: 0 valid; 1 not valid; 2 usage.`,

  'manifest verify': `Usage: breakwater manifest verify MANIFEST FILE… [--json]

Checks files beside the manifest they were sent with (Implementing Regulation (EU) 2025/1550, Annex, 3.3.3), without any network, node or
database: every file by its name, size and SHA-512, and the manifest itself against what it must say.

  --json   {valid, because: [text], files: [{name, kind: same | changed | missing | unlisted, because?}]}

Exit codes: 0 every file is the one that was sent; 1 at least one is not, or the manifest is not in order; 2 usage.`,

  'audit verify': `Usage: breakwater audit verify [--json]

Recomputes the log of the node in BREAKWATER_HOME: every entry, and every root that a checkpoint was signed over. Names the first
place where it breaks; entries cut off at the end are found as well.

Exit codes: 0 intact; 1 broken or not readable; 2 usage.`,

  'audit prove': `Usage: breakwater audit prove ENTRY [--out FILE]

Writes a proof of one entry of the log of the node in BREAKWATER_HOME: the entry, its path, the signed checkpoint and the signatures
of the peers that witnessed it. ENTRY is the number that the log replay shows. The format is tlog-proof of C2SP.

Exit codes: 0 written; 1 there is no such entry under a checkpoint; 2 usage.`,

  'audit check': `Usage: breakwater audit check PROOF --key NAME+BASE64 [--witness NAME+BASE64…] [--json]

Checks a proof without any network, node or database.

  --key      name and public key of the log
  --witness  name and public key of a log whose node may have witnessed this one

Exit codes: 0 valid; 1 not valid, with a code that says why; 2 usage.`,

  'bundle export': `Usage: breakwater bundle export --to ORG --out FILE

Writes the messages that wait for an organisation, at most 1000 of them, into one signed file, and says how many wait for the next. They go
on waiting until the answers are imported: a file that was lost is written again with the same envelopes. A running node that is sending to
the same organisation is waited for.

Exit codes: 0 written; 1 not written; 2 usage.`,

  'bundle import': `Usage: breakwater bundle import FILE [--answers FILE]

Takes a signed file of another node in. Messages go through the same checks as over the network and are answered into a second file,
which the sender imports in turn. Importing a file twice has no second effect. A file that was cut, changed or signed by somebody else
is refused as a whole, with the line.

  --answers FILE   where the answers go (default: FILE.answers); it must not exist yet

Exit codes: 0 all of it was taken or refused, and answered; 1 the file was refused, the node stopped on the way, or answers wait for an
earlier one; 2 usage.`,

  story: `Usage: breakwater story [--kill] [--json]

Tells the first story, a suspicious container from Guayaquil to Antwerp, against three fresh nodes as separate processes that
speak HTTPS with each other, and prints a timeline. Everything it makes lies in a temporary folder and is removed.

  --kill   kills the node in Antwerp while the alert is issued and the node in Guayaquil while the outcome comes back,
           each without warning, and starts them again
  --json   one JSON object per step

Exit codes: 0 every step held; 1 one did not; 2 usage.`,
}
