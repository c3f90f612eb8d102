#!/usr/bin/env bash
# Measures the stations of a message's way with BenchmarkDotNet.
#
#   ./bench.sh                all benchmarks, a short job of each
#   ./bench.sh Frame          those whose name contains Frame; a filter with * is taken as BenchmarkDotNet takes it
#   ./bench.sh --full Frame   BenchmarkDotNet's own, longer job; figures that are shown to others come from it
#   ./bench.sh --list         the names of all
#
# What else is given after the filter goes to BenchmarkDotNet.
#
#   ./bench.sh compare                                a whole server against every alternative, from outside: tables and a chart
#   ./bench.sh compare --rounds 1 --idle-rounds 0     a short form of it
#   ./bench.sh load --target native,bun --connections 100 --bytes 300 --in-flight 4
#   ./bench.sh load --help                            what else can be said
#
# Those two need Node and npm if an alternative of theirs is measured; test.sh installs both. docs/performance.md tells how to read the figures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly PROJECT=benchmarks/WebRtcSignaling.Benchmarks
readonly LOAD=benchmarks/WebRtcSignaling.Load
readonly SERVERS=(samples/SignalingServer samples/EmbeddedServer benchmarks/Alternatives)
readonly SCRIPTS=benchmarks/Alternatives/npm
readonly INSTALLED=artifacts/npm/alternatives
readonly RESULTS=artifacts/benchmarks
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

need_dotnet() {
  command -v dotnet >/dev/null || { echo "bench.sh: the .NET SDK is missing (see global.json for its version)." >&2; exit 2; }
}

build() {
  local project
  for project in "$@"; do
    dotnet build "$project" -c Release -v quiet --nologo -clp:NoSummary >&2
  done
}

# The servers of npm, exactly those of the lock file, outside of the source; again only if the lock file is another one.
install_scripts() {
  mkdir -p "$INSTALLED"
  if ! cmp -s "$SCRIPTS/package-lock.json" "$INSTALLED/installed.json"; then
    command -v npm >/dev/null || { echo "bench.sh: npm is missing." >&2; exit 2; }
    cp "$SCRIPTS/package.json" "$SCRIPTS/package-lock.json" "$SCRIPTS/.npmrc" "$INSTALLED"
    (cd "$INSTALLED" && npm ci --silent) >&2
    cp "$SCRIPTS/package-lock.json" "$INSTALLED/installed.json"
  fi
  cp "$SCRIPTS"/*.js "$INSTALLED"
}

# Whether only servers are named that need nothing of npm.
is_dotnet_only() {
  local target=''
  while (($# > 1)); do
    if [[ $1 == --target ]]; then target=$2; fi
    shift
  done
  [[ -n $target && ! ,$target, =~ ,(bun|ws|peer|socket-io), ]]
}

run_load() {
  need_dotnet
  build "$LOAD"
  if [[ " $* " != *" --help "* ]]; then
    build "${SERVERS[@]}"
    if ! is_dotnet_only "$@"; then install_scripts; fi
  fi
  exec dotnet artifacts/bin/WebRtcSignaling.Load/release/WebRtcSignaling.Load.dll "$@"
}

case ${1:-} in
  load | compare) run_load "$@" ;;
esac

job=(--job short)
filter='*'
while (($# > 0)); do
  case $1 in
    -h | --help)
      sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    --full) job=() ;;
    --list) job=(--list flat) ;;
    -*) break ;;
    *'*'*) filter=$1 ;;
    *) filter="*$1*" ;;
  esac
  shift
done

need_dotnet
build "$PROJECT"
dotnet artifacts/bin/WebRtcSignaling.Benchmarks/release/WebRtcSignaling.Benchmarks.dll \
  --filter "$filter" --artifacts "$RESULTS" "${job[@]}" "$@"
if [[ ${job[*]} != "--list flat" ]]; then
  echo "Results: $RESULTS/results"
fi
