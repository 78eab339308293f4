/** What the commands for records say of themselves. */
const ACCOUNT = `The account is an officer's at a running node, and its password stands in BREAKWATER_PASSWORD:

  --url URL        of the node (default http://127.0.0.1:8701)
  --account NAME --desk DESK --purpose PURPOSE
                   for whom, and what for; what is read is what this desk may read for this purpose, and is in the log`

export const RECORDS_USAGE: Readonly<Record<string, string>> = {
  'records search': `Usage: breakwater records search TEXT --account … --desk … --purpose … [--schema …] [--country …] [--topic …] [--collection …] [--limit N] [--json]

Searches the records of a node: exact numbers first, then names in any script and spelling, then words. One line for each record.

  --limit N   lines at most (default 25)
  --json      one JSON object for each record

${ACCOUNT}

Exit codes: 0 the node answered; 1 it refused; 2 usage.`,

  'records import': `Usage: breakwater records import FILE --collection ID --account … --desk … --purpose … [--format ftm|csv] [--mapping FILE] [--check] [--json]

Brings a file into a collection of the own desk: lines of FollowTheMoney, or a table (.csv, .tsv). The run goes on at the node when the command is stopped. Lines that
could not be taken are told with their number. Reading a file again changes nothing; what a newer file says otherwise takes the place of what the earlier one said, and
records that it no longer has stay.

  --mapping FILE   what the columns of the table are, as JSON; the one that the node proposes without it
  --check          reads it without keeping anything but the report
  --json           the report as one JSON object

${ACCOUNT}

Exit codes: 0 every line was taken; 1 some were not, or the file was refused; 2 usage.`,

  'records export': `Usage: breakwater records export COLLECTION --account … --desk … --purpose … [--format ftm|statements|csv] [--schema …]

Writes what the desk may read of a collection to the output: entities under the ids of their source, statements with their markings, or a table: one row for each
value, or with --schema one row for each record of that schema.

${ACCOUNT}`,

  'records match': `Usage: breakwater records match FILE --account … --desk … --purpose … [--mapping FILE] [--preset balanced|strict|ofac] [--candidates N] [--json]

Compares every subject of a file with the records of a node: lines of FollowTheMoney, or a table (.csv, .tsv, .txt) whose headers say what its columns are. Each
line that cannot be read is told with its number.

  --mapping FILE   what the columns of the table are, as JSON; guessed from the headers without it
  --preset …       how strictly to compare (default balanced)
  --candidates N   most candidates of one subject (default 5)
  --json           one JSON object for each subject, with the reasons of every score

${ACCOUNT}

Exit codes: 0 every subject was compared; 1 some were not, or the node refused; 2 usage.`,
}
