#!/usr/bin/env bash
# Lets clients of every kind come and go for a while, watches the ready server meanwhile, and judges whether anything of it grows.
#
#   ./soak.sh 30              half an hour
#   ./soak.sh 2 --seed 7      what else can be said: ./bench.sh load --help
#
# Writes a plot and all samples to artifacts/soak (soak.svg, soak.csv). The exit code is 0 only if nothing grew, no client met
# anything unexpected, and nothing was left behind. docs/performance.md tells how it judges.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

command -v dotnet >/dev/null || { echo "soak.sh: the .NET SDK is missing (see global.json for its version)." >&2; exit 2; }
if (($# == 0)); then
  sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
  exit 2
fi
for project in benchmarks/WebRtcSignaling.Probe benchmarks/WebRtcSignaling.Load samples/SignalingServer; do
  dotnet build "$project" -c Release -v quiet --nologo -clp:NoSummary >&2
done
exec dotnet artifacts/bin/WebRtcSignaling.Load/release/WebRtcSignaling.Load.dll soak "$@"
