#!/usr/bin/env bash
# Runs every test, from a fresh clone on a Debian machine that has the .NET SDK. Installs what the tests need besides it:
# a browser, a TURN server (only as a program; no service is started), Node and npm.
#
#   ./test.sh                 everything
#   SUITE_BOUND=60 ./test.sh  with another bound in seconds for each suite
#
# The last line is the sum: "N passed, N failed", and ", N skipped" if there are any. The exit code is 0 only if every
# suite ran tests, ended by itself, and passed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly SUITE_BOUND="${SUITE_BOUND:-1200}"
readonly CONFIGURATION=Release
readonly LOGS=artifacts/test-logs
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

passed=0 failed=0 skipped=0

# Prints the sum as the last line and ends.
finish() {
  local sum="$passed passed, $failed failed"
  if ((skipped > 0)); then sum+=", $skipped skipped"; fi
  echo "$sum"
  if ((failed > 0 || passed == 0)); then exit 1; fi
  exit 0
}

give_up() {
  echo "test.sh: $1" >&2
  exit 2
}

# Debian starts a package's service when it is installed, unless this program says no.
install_without_services() {
  local policy=/usr/sbin/policy-rc.d made=no
  local -a as_root=()
  if ((EUID != 0)); then as_root=(sudo -n); fi
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod +x "$policy"
    made=yes
  fi
  local ok=yes
  {
    "${as_root[@]}" apt-get update -qq &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
  } >"$LOGS/apt.log" 2>&1 || ok=no
  if [[ $made == yes ]]; then "${as_root[@]}" rm -f "$policy"; fi
  if [[ $ok == no ]]; then
    tail -n 20 "$LOGS/apt.log" >&2
    give_up "apt-get could not install: $*"
  fi
}

install_needs() {
  command -v dotnet >/dev/null || give_up "the .NET SDK is missing (see global.json for its version)."
  local -a missing=()
  local need
  for need in chromium:chromium turnserver:coturn node:nodejs npm:npm; do
    if command -v "${need%%:*}" >/dev/null; then
      echo "have ${need##*:}"
    else
      missing+=("${need##*:}")
    fi
  done
  if ((${#missing[@]} == 0)); then return; fi
  command -v apt-get >/dev/null || give_up "please install ${missing[*]}; this is no Debian machine, so it cannot be done from here."
  if ((EUID != 0)) && ! sudo -n true 2>/dev/null; then
    give_up "please install ${missing[*]}, or run this as root or as somebody who may use sudo without a password."
  fi
  echo "installing ${missing[*]}"
  install_without_services "${missing[@]}"
}

build() {
  echo "building ($CONFIGURATION)"
  if ! dotnet build WebRtcSignaling.sln -c "$CONFIGURATION" -v quiet --nologo >"$LOGS/build.log" 2>&1; then
    grep -E 'error|warn' "$LOGS/build.log" | sort -u | head -n 50 || tail -n 50 "$LOGS/build.log"
    echo "The build failed."
    failed=1
    finish
  fi
}

# The figure that a suite's summary shows for a word, or 0.
figure() {
  local found
  found=$(sed -n "s/^ *$2: \([0-9]\+\)\r\?$/\1/p" "$1" | tail -n 1)
  echo "${found:-0}"
}

run_suite() {
  local suite=$1 log="$LOGS/$1.log" code=0 began=$SECONDS
  local program="artifacts/bin/$suite/${CONFIGURATION,,}/$suite.dll"
  timeout --kill-after=15 "$SUITE_BOUND" dotnet "$program" --progress off --no-ansi >"$log" 2>&1 </dev/null || code=$?

  local ok bad left
  ok=$(figure "$log" succeeded)
  bad=$(figure "$log" failed)
  left=$(figure "$log" skipped)
  local verdict=""
  if ((code == 124 || code == 137)); then
    verdict="did not end within $SUITE_BOUND s"
  elif ((ok + bad == 0)); then
    verdict="ran no test (exit code $code)"
  elif ((code != 0 && bad == 0)); then
    verdict="crashed (exit code $code)"
  fi
  # A suite that broke counts as one failure, so that the sum cannot look clean.
  if [[ -n $verdict && $bad == 0 ]]; then bad=1; fi

  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
  if ((bad > 0)); then grep -vE "^ +(1\) +)?at NUnit\." "$log" | tail -n 300; fi
  printf '%-42s %6d ok %4d failed %4d skipped %5d s  %s\n' "$suite" "$ok" "$bad" "$left" $((SECONDS - began)) "$verdict"
}

mkdir -p "$LOGS"
install_needs
build
suites=0
for project in tests/*.Tests/*.csproj; do
  run_suite "$(basename "$project" .csproj)"
  suites=$((suites + 1))
done
if ((suites == 0)); then give_up "there is no test project."; fi
finish
