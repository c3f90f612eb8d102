#!/usr/bin/env bash
# Measures the stations of a message's way with BenchmarkDotNet.
#
#   ./bench.sh                all benchmarks, a short job of each
#   ./bench.sh Frame          those whose name contains Frame; a filter with * is taken as BenchmarkDotNet takes it
#   ./bench.sh --full Frame   BenchmarkDotNet's own, longer job; figures that are shown to others come from it
#   ./bench.sh --list         the names of all
#
# What else is given after the filter goes to BenchmarkDotNet.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly PROJECT=benchmarks/WebRtcSignaling.Benchmarks
readonly RESULTS=artifacts/benchmarks
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

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

command -v dotnet >/dev/null || { echo "bench.sh: the .NET SDK is missing (see global.json for its version)." >&2; exit 2; }
dotnet build "$PROJECT" -c Release -v quiet --nologo -clp:NoSummary
dotnet artifacts/bin/WebRtcSignaling.Benchmarks/release/WebRtcSignaling.Benchmarks.dll \
  --filter "$filter" --artifacts "$RESULTS" "${job[@]}" "$@"
if [[ ${job[*]} != "--list flat" ]]; then
  echo "Results: $RESULTS/results"
fi
