#!/bin/sh
# Runs one sick test under every Maven, JDK, JUnit, provider and Surefire that is promised, and prints a table in Markdown.
# A row is good where the build is red and its warning names the test.
#
#   mvn verify -DskipTests     first: it leaves this version in maven-plugin/target/it repository
#   maven-plugin/matrix.sh     then; it downloads what is missing (Mavens, JUnits, providers), which the build never does
#
# MAVENS and JDKS may be set: versions, the first of which also does the other rows; homes of JDKs, likewise.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$here/target/matrix
version=${VERSION:-0.1.0-SNAPSHOT}
mavens=${MAVENS:-3.9.16 3.8.7 4.0.0-rc-6}
jdks=${JDKS:-${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}}
# Maven ends even quiet output with an escape sequence.
outer=$(mvn -B -q help:evaluate -Dexpression=settings.localRepository -DforceStdout | sed 's/\x1b\[[0-9;]*m//g')

rm -rf "$work/project"
mkdir -p "$work"
cp -r "$here/src/matrix" "$work/project"
sed "s|@localRepositoryUrl@|file://$outer|" "$here/src/it/settings.xml" > "$work/settings.xml"

maven_home() {
    home=$work/apache-maven-$1
    if [ ! -d "$home" ]; then
        mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack \
            -Dartifact="org.apache.maven:apache-maven:$1:zip:bin" -DoutputDirectory="$work" > "$work/unpack.log"
        chmod +x "$home/bin/mvn"
    fi
    echo "$home"
}

# row MAVEN JDK TESTS SUREFIRE PROFILE [MORE ARGUMENTS]
row() {
    maven=$1 jdk=$2 tests=$3 surefire=$4 profile=$5
    shift 5
    outcome=green
    JAVA_HOME=$jdk "$(maven_home "$maven")/bin/mvn" -B -f "$work/project/pom.xml" -s "$work/settings.xml" \
        -Dmaven.repo.local="$here/target/it repository" -Dgradiometer.version="$version" \
        -P"$profile" -Dsurefire.version="$surefire" "$@" clean verify > "$work/build.log" 2>&1 || outcome=red
    named=no
    grep -q '\[non-finite\] SickTest.trains()' "$work/build.log" && named=yes
    java=$("$jdk/bin/java" -version 2>&1 | sed -n '1s/[^"]*"\([0-9]*\).*/\1/p')
    verdict=wrong
    if [ $outcome = red ] && [ $named = yes ]; then
        verdict=good
    else
        cp "$work/build.log" "$work/wrong-$maven-$java-$profile-$surefire.log"
        wrong=1
    fi
    echo "| $maven | $java | $tests | $surefire | $outcome | $named | $verdict |"
}

wrong=0
first_maven=${mavens%% *}
first_jdk=${jdks%% *}
echo '| Maven | JDK | tests | Surefire | build | test named | |'
echo '|---|---|---|---|---|---|---|'
for maven in $mavens; do
    for jdk in $jdks; do
        row "$maven" "$jdk" 'JUnit 5.14.4' 3.5.4 jupiter
    done
done
for junit in 5.9.3 5.10.3 5.11.4 5.12.2 5.13.4 6.0.3 6.1.3; do
    row "$first_maven" "$first_jdk" "JUnit $junit" 3.5.4 jupiter -Djunit.version=$junit
done
row "$first_maven" "$first_jdk" 'JUnit 4 by vintage' 3.5.4 vintage
row "$first_maven" "$first_jdk" 'JUnit 4' 3.5.4 junit4
row "$first_maven" "$first_jdk" 'JUnit 4, parallel' 3.5.4 junit47
row "$first_maven" "$first_jdk" 'TestNG 7.10.2' 3.5.4 testng
row "$first_maven" "$first_jdk" 'TestNG 7.10.2, parallel' 3.5.4 testng-parallel
# Older than JUnit 5.13 and its launcher can be.
row "$first_maven" "$first_jdk" 'JUnit 5.9.3' 2.22.2 jupiter -Djunit.version=5.9.3
for surefire in 3.2.5 3.6.0; do
    row "$first_maven" "$first_jdk" 'JUnit 5.14.4' $surefire jupiter
done
exit $wrong
