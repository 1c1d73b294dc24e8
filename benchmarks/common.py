"""What the benchmarks share: the jar, landing zones, how processes are measured, and what a flight recording shows."""

import collections
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import time

PROJECT = pathlib.Path(__file__).resolve().parents[1]
JAR = PROJECT / "target" / "autopulse.jar"
BENCH = PROJECT / "target" / "bench"
PYTHON = BENCH / "venv" / "bin" / "python"
DUCKDB_VERSION = "2.0.0"
# What the jar's manifest and its launcher say, for a class path of which the jar is a part.
CLASS_PATH_OPTIONS = ["-Daws.disableEc2Metadata=true"] + [
    part for package in ("util", "lang", "time", "nio")
    for part in ("--add-opens", f"java.base/java.{package}=ALL-UNNAMED")
]
ARCHIVE = JAR.with_suffix(".jsa")
# As bin/autopulse says them, and a heap.
DEFAULT_JAVA_OPTIONS = f"@{PROJECT / 'bin' / 'java-options'} -XX:SharedArchiveFile={ARCHIVE} -Xlog:cds*=off -Xmx4g"


def prepare_jar():
    """Demands the jar, and makes the class archive that bin/autopulse starts with, unless it is there."""
    BENCH.mkdir(parents=True, exist_ok=True)
    if not JAR.exists():
        sys.exit(f"{JAR} is missing: mvn package first")
    if not ARCHIVE.exists() or ARCHIVE.stat().st_mtime < JAR.stat().st_mtime:
        print("making the class archive", flush=True)
        subprocess.run([PROJECT / "bin" / "class-archive"], check=True, stdout=subprocess.DEVNULL)


def prepare():
    """Prepares the jar, and the Python environment of the DuckDB engines."""
    prepare_jar()
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", BENCH / "venv"], check=True)
    subprocess.run([PYTHON, "-m", "pip", "-q", "install", f"duckdb=={DUCKDB_VERSION}"], check=True)


def remove(database):
    for name in (database, f"{database}.wal"):
        pathlib.Path(name).unlink(missing_ok=True)
    shutil.rmtree(f"{database}.staging", ignore_errors=True)


def landing_zone(versions, defects):
    folder = BENCH / (f"data-{versions}" + (f"-defects-{defects}" if defects else ""))
    if not folder.exists():
        print(f"generating {versions:,} versions", flush=True)
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run(
            ["java", "-jar", JAR, "generate", "--versions", str(versions), "--no-truth", "--from", "2022-01-01",
             "--until", "2025-01-01", "--dealers", "300", "--models", "500", "--files", "8",
             "--defects", str(defects), "--to", unfinished],
            check=True, stderr=subprocess.DEVNULL)
        unfinished.rename(folder)
        # The manifest names its files by their absolute paths.
        manifest = folder / "manifest.yaml"
        manifest.write_text(manifest.read_text().replace(str(unfinished), str(folder)))
    return folder


def read_once(folder):
    """Brings the files into the page cache: nobody is measured on the disk."""
    for path in folder.rglob("*.csv"):
        with open(path, "rb") as file:
            while file.read(1 << 24):
                pass


def execute(command, log, **variables):
    """Runs a process with some more variables; returns its wall and CPU seconds, its peak resident memory in MB, and what it printed."""
    started = time.perf_counter()
    with open(log, "w") as err:
        process = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, stderr=err, text=True,
                                   env={**os.environ, **variables})
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    if process.returncode:
        sys.exit(f"{shlex.join(map(str, command))}\nended {process.returncode}\n{out[-2000:]}\n"
                 f"{pathlib.Path(log).read_text()[-4000:]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out


def core_warehouse(folder, sales):
    """Makes the core tables of five years of generated sales and market data, once; returns their file."""
    file = folder / "core.duckdb"
    if file.exists():
        return file
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    autopulse = PROJECT / "bin" / "autopulse"
    # One in ten sales has a second version.
    execute(
        [autopulse, "generate", "--to", folder / "landing", "--versions", int(sales * 1.1), "--from", "2020-01-01", "--until", "2025-01-01",
         "--dealers", 300, "--models", 500, "--files", 8, "--no-truth"], folder / "generate.log")
    made = folder / "made.duckdb"
    environment = {"AUTOPULSE_LANDING": str(folder / "landing"), "AUTOPULSE_WAREHOUSE": f"duckdb:{made}"}
    took, _, peak, _ = execute(
        [autopulse, "run", folder / "landing" / "manifest.yaml", "--warehouse", f"duckdb:{made}", "--runner-config", "direct"],
        folder / "refresh.log", **environment)
    print(f"refreshed in {took:.0f} s, {peak:,.0f} MB", flush=True)
    execute(
        [autopulse, "run", PROJECT / "pipelines" / "market-data.yaml", "--runner-config", "direct"], folder / "market.log", **environment)
    shutil.rmtree(folder / "landing")
    made.rename(file)
    return file


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
