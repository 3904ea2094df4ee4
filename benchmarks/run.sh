#!/usr/bin/env bash
# Measures what observing costs and prints a Markdown document.
#
#   benchmarks/run.sh [a|b|c|d|all] [--quick] [--agent JAR] [--models tiny,mlp,lenet,lstm,wide,samediff] [--rounds N]
#
# a: whole iterations   b: the kernel beside memcpy   c: heap and file of long runs   d: the agent in a JVM without DL4J
set -euo pipefail
cd "$(dirname "$0")/.."

part=all
agent=
common=()
cost=()
while [ $# -gt 0 ]; do
  case "$1" in
    a | b | c | d | all) part="$1" ;;
    --quick) common+=(--quick) ;;
    --agent) agent="$2" && shift ;;
    --models | --rounds | --variants) cost+=("$1" "$2") && shift ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
  esac
  shift
done

wanted() {
  [ "$part" = all ] || [ "$part" = "$1" ]
}

modules=benchmarks
if wanted d && [ -z "$agent" ] && [ -d agent ]; then
  modules=benchmarks,agent
fi
mvn -B -ntp -q -Pbenchmarks -pl "$modules" -am -DskipTests package >&2
classpath="benchmarks/target/classes:$(cat benchmarks/target/classpath)"
if [ -z "$agent" ]; then
  agent="$(find agent/target -maxdepth 1 -name 'gradiometer-agent-*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' 2> /dev/null | head -n 1 || true)"
fi
# More threads would spin between operations, and spinning would be counted as work.
export OMP_NUM_THREADS=1

run() {
  java -Xmx2g -XX:+UseSerialGC -cp "$classpath" "$@"
}

echo "# Cost of observing"
echo
echo "$(java -version 2>&1 | sed -n '3p'), $(uname -s) $(uname -m), $(getconf _NPROCESSORS_ONLN) cores$(sed -n 's/^model name.*: /, /p' /proc/cpuinfo 2> /dev/null | head -n 1), load $(cut -d ' ' -f 1 /proc/loadavg 2> /dev/null || echo unknown) at the start, revision $(git rev-parse --short HEAD 2> /dev/null || echo unknown)."

if wanted a; then
  printf '\n## A whole iteration\n\n'
  run io.gradiometer.benchmarks.CostBenchmark --markdown ${cost[@]+"${cost[@]}"} ${common[@]+"${common[@]}"}
fi
if wanted b; then
  printf '\n## The kernel beside memcpy\n\n'
  run io.gradiometer.dl4j.KernelBenchmark ${common[@]+"${common[@]}"}
fi
if wanted c; then
  printf '\n## Heap and file\n\n'
  run io.gradiometer.benchmarks.BoundsBenchmark ${common[@]+"${common[@]}"}
fi
if wanted d; then
  printf '\n## Start of a JVM without DL4J\n\n'
  if [ -n "$agent" ]; then
    run io.gradiometer.benchmarks.StartBenchmark "$agent" ${common[@]+"${common[@]}"}
  else
    echo "Not measured: there is no agent jar; name one with --agent."
  fi
fi
