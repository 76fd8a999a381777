#!/bin/sh
# Scans source code with Sightline, or brings in what another tool found, and fails the build by what is new in it.
#
#   scan.sh NAME [FOLDER|ZIP]
#   scan.sh NAME REPORT.sarif|FINDINGS.json
#
# NAME is the scan's: the same name each time, and each build is a revision of it. What is scanned is the folder's
# last commit (without git, the folder as it is), or a zip that is there already. A report of another tool (.sarif,
# or findings of Inspector as .json, packed with gzip or not) is imported as it is, under a name of its own.
#
# SIGHTLINE_URL               where Sightline is, as https://sightline.example.com
# SIGHTLINE_TOKEN             an API token that may scans:read and scans:write; keep it with your pipeline's secrets
# SIGHTLINE_FAIL_ON           critical, high (if unset), medium, low or info: a new finding from there on fails
# SIGHTLINE_SARIF             a file to write the findings to, for a code host to show
# SIGHTLINE_TIMEOUT_SECONDS   how long to wait for the result; 3600 if unset
#
# Exits with 0 when the gate passed, 1 when it failed, 2 when there is no result.
set -u

# Not echo: that of some shells would act on backslashes in what a file is called.
say() {
  printf 'sightline: %s\n' "$1"
}

give_up() {
  say "$1" >&2
  exit 2
}

[ $# -ge 1 ] || give_up 'usage: scan.sh NAME [FOLDER|ZIP|REPORT.sarif|FINDINGS.json]'
NAME=$1
SOURCE=${2:-.}
URL=${SIGHTLINE_URL:-}
URL=${URL%/}
FAIL_ON=${SIGHTLINE_FAIL_ON:-high}
TIMEOUT_SECONDS=${SIGHTLINE_TIMEOUT_SECONDS:-3600}
[ -n "$URL" ] || give_up 'SIGHTLINE_URL is not set'
[ -n "${SIGHTLINE_TOKEN:-}" ] || give_up 'SIGHTLINE_TOKEN is not set'
# It becomes a part of addresses.
case $NAME in
*[!a-zA-Z0-9_$:.-]* | '' | . | ..) give_up 'a scan is named with letters, digits and - _ $ : . only' ;;
esac

WORK=$(mktemp -d) || give_up 'there is no room for temporary files'
trap 'rm -rf "$WORK"' EXIT
trap 'exit 2' HUP INT TERM

# The answer goes to $WORK/answer. The token goes through standard input: a command line is seen by every process.
ask() {
  printf 'header = "authorization: Bearer %s"\n' "$SIGHTLINE_TOKEN" |
    curl --config - --silent --show-error --output "$WORK/answer" --write-out '%{http_code}' "$@" >"$WORK/status" ||
    give_up "$URL did not answer"
  case $(cat "$WORK/status") in
  2??) ;;
  *) give_up "$URL answered with $(cat "$WORK/status"): $(field detail)" ;;
  esac
}

# The text of a field of the answer. Quotes inside a text are escaped, so no text can pass for a field.
field() {
  sed -n -E "s/.*\"$1\":\"(([^\"\\\\]|\\\\.)*)\".*/\1/p" "$WORK/answer" | sed 's/\\"/"/g'
}

pack() {
  if [ -f "$SOURCE" ]; then
    ZIP=$SOURCE
    return
  fi
  ZIP=$WORK/source.zip
  if git -C "$SOURCE" rev-parse HEAD >/dev/null 2>&1; then
    git -C "$SOURCE" archive --format=zip --output="$ZIP" HEAD || give_up "$SOURCE could not be packed"
  elif command -v zip >/dev/null; then
    (cd "$SOURCE" && zip --quiet --recurse-paths "$ZIP" . --exclude '.git/*') || give_up "$SOURCE could not be packed"
  else
    give_up "$SOURCE is not a git repository, and there is no zip to pack it with"
  fi
}

wait_for_result() {
  WAITED=0
  while :; do
    ask --retry 5 "$RUN"
    STATE=$(field state)
    case $STATE in
    succeeded) return ;;
    failed | cancelled) give_up "the scan $STATE: $(field message)" ;;
    esac
    [ "$WAITED" -lt "$TIMEOUT_SECONDS" ] || give_up "the scan is still $STATE after $TIMEOUT_SECONDS seconds"
    sleep 2
    WAITED=$((WAITED + 2))
  done
}

case $SOURCE in
*.sarif | *.sarif.gz | *.json | *.json.gz)
  [ -f "$SOURCE" ] || give_up "$SOURCE is not there"
  ask --request POST --header 'content-type: application/json' --upload-file "$SOURCE" "$URL/api/v1/imports?name=$NAME"
  ;;
*)
  pack
  ask --request POST --header 'content-type: application/zip' --upload-file "$ZIP" "$URL/api/v1/scans?name=$NAME"
  ;;
esac
RUN_ID=$(field runId)
[ -n "$RUN_ID" ] || give_up "$URL is no Sightline"
RUN=$URL/api/v1/scans/$NAME/runs/$RUN_ID
say "$URL/scans/$NAME/runs/$RUN_ID"
wait_for_result

if [ -n "${SIGHTLINE_SARIF:-}" ]; then
  ask --retry 5 "$RUN/findings.sarif"
  cp "$WORK/answer" "$SIGHTLINE_SARIF" || give_up "$SIGHTLINE_SARIF could not be written"
fi

ask --retry 5 "$RUN/gate?failOn=$FAIL_ON"
say "$(field verdict)"
case $(cat "$WORK/answer") in
*'"passed":true'*) exit 0 ;;
*'"passed":false'*) exit 1 ;;
*) give_up 'the gate gave no verdict' ;;
esac
