"""What the benchmarks share: the jar, how Java is started, and what a flight recording shows."""

import collections
import pathlib
import subprocess

PROJECT = pathlib.Path(__file__).resolve().parents[1]
JAR = PROJECT / "target" / "autopulse.jar"
# What the jar's manifest and its launcher say, for a class path of which the jar is a part.
CLASS_PATH_OPTIONS = ["-Daws.disableEc2Metadata=true"] + [
    part for package in ("util", "lang", "time", "nio")
    for part in ("--add-opens", f"java.base/java.{package}=ALL-UNNAMED")
]
DEFAULT_JAVA_OPTIONS = f"@{PROJECT / 'bin' / 'java-options'} -Xmx4g"


def recording_options(recording):
    return [f"-XX:StartFlightRecording=filename={recording},settings=profile,dumponexit=true", "-Xlog:jfr*=off"]


def print_profile(recording, most=30):
    """Prints where a recording's threads were: the top frames, Java and native."""
    for event in ("jdk.ExecutionSample", "jdk.NativeMethodSample"):
        printed = subprocess.run(["jfr", "print", "--events", event, "--stack-depth", "1", recording],
                                 check=True, capture_output=True, text=True).stdout
        frames = collections.Counter(
            line.split("line:")[0].strip() for line in printed.splitlines() if " line:" in line)
        total = sum(frames.values())
        print(f"\n{event}: {total:,} samples")
        for frame, samples in frames.most_common(most):
            print(f"{100 * samples / total:6.1f} %  {frame}")
    print(f"\n{recording}")
